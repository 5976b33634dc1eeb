import type { Command } from "../stacks/stack.js";
import { run } from "./child.js";
import { throwIfInterrupted } from "./interrupt.js";

/** What a command prints on standard output; undefined when it cannot be asked. */
export async function outputOf(
  command: Command,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const timeout = AbortSignal.timeout(command.timeoutSeconds * 1000);
  const { argv, env } = command;
  const ending = await run({ argv, env, cwd, signal: AbortSignal.any([signal, timeout]) });
  throwIfInterrupted(signal, "Nothing was written.");
  return ending.exitCode === 0 ? ending.stdout : undefined;
}
