import { fastapi } from "./fastapi.js";
import type { Answers } from "./options.js";
import type { Stack } from "./stack.js";

export { type Answers, options } from "./options.js";

/** What `create` makes. A second stack turns this constant into a choice. */
export const stack: Stack<Answers> = fastapi;
