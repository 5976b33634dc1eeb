import type { Command } from "../stacks/stack.js";
import { run, type Ending } from "./child.js";
import { CommandFailure, lastLines } from "./failure.js";
import { throwIfInterrupted } from "./interrupt.js";

/** Where and how the commands of a step run. */
export interface StepRun {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Called before each command, so that progress can name it. */
  readonly onStart?: (command: Command) => void;
  /** Show the output while it comes, instead of only when the command fails. */
  readonly isVerbose?: boolean;
}

/** Run commands one after the other; the first that fails ends the step. */
export async function runCommands(commands: readonly Command[], where: StepRun): Promise<void> {
  for (const command of commands) {
    throwIfInterrupted(where.signal);
    where.onStart?.(command);
    await runCommand(command, where);
  }
}

async function runCommand(command: Command, where: StepRun): Promise<void> {
  const timeout = AbortSignal.timeout(command.timeoutSeconds * 1000);
  const { argv, env, input } = command;
  const signal = AbortSignal.any([where.signal, timeout]);
  const ending = await run({
    ...{ argv, env, input, signal },
    cwd: where.cwd,
    passThrough: where.isVerbose ?? false,
  });
  throwIfInterrupted(where.signal);
  if (timeout.aborted)
    throw failed(command, ending, `took longer than ${command.timeoutSeconds} s`);
  if (ending.exitCode !== 0) throw failed(command, ending, reason(ending));
}

function reason(ending: Ending): string {
  return ending.exitCode === undefined
    ? `could not run (${ending.failure ?? "no reason given"})`
    : `ended with exit code ${ending.exitCode}`;
}

function failed(command: Command, ending: Ending, why: string): CommandFailure {
  return new CommandFailure({
    message: `"${command.title}" failed: \`${command.shown}\` ${why}.`,
    shown: command.shown,
    output: lastLines(ending.output),
  });
}
