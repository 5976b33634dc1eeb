import type { Command } from "../stacks/stack.js";
import { start, type Ending } from "./child.js";
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
export async function runCommands(commands: readonly Command[], run: StepRun): Promise<void> {
  for (const command of commands) {
    throwIfInterrupted(run.signal);
    run.onStart?.(command);
    await runCommand(command, run);
  }
}

async function runCommand(command: Command, run: StepRun): Promise<void> {
  const timeout = AbortSignal.timeout(command.timeoutSeconds * 1000);
  const ending = await start({
    argv: command.argv,
    cwd: run.cwd,
    ...(command.env === undefined ? {} : { env: command.env }),
    ...(command.input === undefined ? {} : { input: command.input }),
    signal: AbortSignal.any([run.signal, timeout]),
    passThrough: run.isVerbose ?? false,
  }).ended;
  throwIfInterrupted(run.signal);
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
