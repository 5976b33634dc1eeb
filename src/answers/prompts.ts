import { checkbox, input, select } from "@inquirer/prompts";

import { cancelled } from "../errors.js";
import type { Ask } from "./resolve.js";

/** Questions go to stderr: stdout carries the result. */
interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/** Ask on a terminal. Ctrl-C, in any question, ends the run before anything is written. */
export function promptOn(terminal: Terminal): Ask {
  return {
    text: ({ message, filled, check }) =>
      orCancel(
        input(
          {
            message,
            default: filled,
            validate: (value) => {
              const problem = check(value);
              return problem === undefined || `${problem.message} ${problem.hint}`;
            },
          },
          terminal,
        ),
      ),
    choice: (message, choices, chosen) =>
      orCancel(select({ message, choices: [...choices], default: chosen }, terminal)),
    list: (message, choices, chosen) =>
      orCancel(checkbox({ message, choices: choices.map(box(chosen)) }, terminal)),
  };
}

function box(chosen: readonly string[]): (value: string) => { value: string; checked: boolean } {
  return (value) => ({ value, checked: chosen.includes(value) });
}

async function orCancel<Value>(question: Promise<Value>): Promise<Value> {
  try {
    return await question;
  } catch (error) {
    const isCancel =
      error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
    throw isCancel ? cancelled("Nothing was written.") : error;
  }
}
