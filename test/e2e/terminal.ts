import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { commandLine, environment, outcome, type Call } from "./harness.js";

/** Keys that are not letters. */
export const KEY = {
  enter: "\r",
  down: "\u001B[B",
  space: " ",
  interrupt: "\u0003",
  endOfInput: "\u0004",
  clearLine: "\u0015",
} as const;

/** Wait until the program says this, then type that. */
export type Exchange = readonly [says: string, typed: string];

/** How a run on a terminal ended. */
export interface Conversation {
  readonly exitCode: number;
  readonly output: string;
}

const PROGRAM = fileURLToPath(new URL("../../scripts/docs/terminal.py", import.meta.url));

/** Run the packed program on a pseudo-terminal and answer its questions. */
export async function onTerminal(
  args: readonly string[],
  steps: readonly Exchange[],
  call: Call & { readonly seconds?: number },
): Promise<Conversation> {
  const { cwd, seconds = 60 } = call;
  const place = { cwd, env: environment(call.env), columns: 120, rows: 40 };
  const job = { argv: commandLine(args), ...place, steps, seconds };
  const child = spawn("/usr/bin/env", ["python3", PROGRAM], { stdio: "pipe" });
  const { exitCode, stdout, stderr } = await outcome(child, JSON.stringify(job));
  if (exitCode !== 0) throw new Error(stderr);
  return readConversation(JSON.parse(stdout));
}

/** What was shown, without the escape sequences. */
function readConversation(value: unknown): Conversation {
  if (!isReport(value)) throw new Error("the terminal reported nothing");
  const shown = value.events.map((event: unknown) =>
    Array.isArray(event) ? String(event[1]) : "",
  );
  const output = stripVTControlCharacters(shown.join("")).replaceAll("\r\n", "\n");
  return { exitCode: Number(value.exitCode), output };
}

function isReport(value: unknown): value is { exitCode: unknown; events: unknown[] } {
  return typeof value === "object" && value !== null && "exitCode" in value && "events" in value;
}
