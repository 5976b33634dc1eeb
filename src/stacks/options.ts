import { type AnswersOf, coreOptions, type OptionTable } from "../answers/options.js";
import { fastapiOptions } from "./fastapi/options.js";

/** Every option of `create`: the core's, then the stack's. Apart from the stack, so that `--help` loads no more. */
export const options = { ...coreOptions, ...fastapiOptions } as const satisfies OptionTable;

export type Answers = AnswersOf<typeof options>;
