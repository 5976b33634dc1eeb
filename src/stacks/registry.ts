import { type AnswersOf, coreOptions, type OptionTable } from "../answers/options.js";
import { fastapi } from "./fastapi.js";
import { fastapiOptions } from "./fastapi/options.js";
import type { Stack } from "./stack.js";

/** Every option of `create`: the core's, then the stack's. */
export const options = { ...coreOptions, ...fastapiOptions } as const satisfies OptionTable;

export type Answers = AnswersOf<typeof options>;

/** What `create` makes. A second stack turns this constant into a choice. */
export const stack: Stack<Answers> = fastapi;
