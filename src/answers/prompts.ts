import { checkbox, input, select } from "@inquirer/prompts";

import { cancelled, EXIT } from "../errors.js";
import type { Ask } from "./resolve.js";

/** Questions go to stderr: stdout carries the result. */
export interface Terminal {
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
            validate: async (value) => {
              const problem = await check(value);
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

/** An answer, or the end of the run where there will be none. */
export async function orCancel<Value>(question: Promise<Value>): Promise<Value> {
  // Ctrl-D closes the terminal's input, and then the process ends with this while it still waits.
  process.exitCode = EXIT.cancelled;
  try {
    const answer = await question;
    process.exitCode = undefined;
    return answer;
  } catch (error) {
    const isCancel =
      error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
    throw isCancel ? cancelled("Nothing was written.") : error;
  }
}
