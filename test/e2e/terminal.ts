import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { commandLine, environment, outcome, type Call } from "./harness.js";

/** Keys that are not letters. */
export const KEY = {
  enter: "\r",
  down: "\u001B[B",
  space: " ",
  interrupt: "\u0003",
  clearLine: "\u0015",
} as const;

/** Wait until the program says this, then type that. */
export type Exchange = readonly [says: string, typed: string];

/** How a run on a terminal ended. */
export interface Conversation {
  readonly exitCode: number;
  readonly output: string;
}

/** Run the packed program on a pseudo-terminal and answer its questions. */
export async function onTerminal(
  args: readonly string[],
  steps: readonly Exchange[],
  call: Call & { readonly seconds?: number },
): Promise<Conversation> {
  const script = fileURLToPath(new URL("terminal.py", import.meta.url));
  const { cwd, seconds = 60 } = call;
  const job = { argv: commandLine(args), cwd, env: environment(call.env), steps, seconds };
  const child = spawn("/usr/bin/env", ["python3", script], { stdio: "pipe" });
  const { exitCode, stdout, stderr } = await outcome(child, JSON.stringify(job));
  if (exitCode !== 0) throw new Error(`the terminal broke: ${stderr}`);
  return readConversation(JSON.parse(stdout));
}

function readConversation(value: unknown): Conversation {
  if (typeof value === "object" && value !== null && "exitCode" in value && "output" in value) {
    return { exitCode: Number(value.exitCode), output: String(value.output) };
  }
  throw new Error("the terminal reported nothing");
}
