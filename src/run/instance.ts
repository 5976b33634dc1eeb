import { setTimeout as sleep } from "node:timers/promises";

import type { Inspector } from "../contract/inspector.js";
import type { Ending, Instance, Settings } from "../contract/lab.js";
import type { Argv, Environment } from "../stacks/stack.js";
import { type Child, start } from "./child.js";
import { lastLines } from "./failure.js";
import { canReach, LOOPBACK } from "./network.js";

/** What a server is started from. */
export interface Boot {
  readonly argv: Argv;
  readonly cwd: string;
  readonly env: Environment;
  readonly port: number;
  readonly settings: Settings;
  readonly inspector: Inspector;
  readonly signal: AbortSignal;
}

/** A server that can also be stopped for good. */
export interface Running extends Instance {
  readonly stop: () => Promise<void>;
}

const START_SECONDS = 40;
const CONNECT_SECONDS = 5;
const POLL_MILLISECONDS = 25;

/** Start a server and wait until it answers. */
export async function boot(boot: Boot): Promise<Running> {
  const lines: string[] = [];
  let child: Child | undefined;
  const again = async (): Promise<void> => {
    await child?.stop();
    child = await launch(boot, lines);
    await untilAnswering(boot, child, lines);
  };
  await again();
  return {
    endpoint: { host: LOOPBACK, port: boot.port },
    settings: boot.settings,
    inspector: boot.inspector,
    log: () => lines.join("\n"),
    kill: async () => child?.kill(),
    start: again,
    // A process that has just died may not have been seen to end; nobody listens there any more.
    isRunning: () => canReach({ host: LOOPBACK, port: boot.port }, CONNECT_SECONDS),
    stop: async () => child?.stop(),
  };
}

/** Start a server that is expected to end by itself; one that does not is ended. */
export async function bootToEnd(boot: Boot, seconds: number): Promise<Ending> {
  const lines: string[] = [];
  const child = await launch(boot, lines);
  const outcome = await firstOf(boot, child, seconds);
  await child.stop();
  const { exitCode } = await child.ended;
  const output = lines.join("\n");
  return { exitCode: outcome === "ended" ? exitCode : undefined, stdout: output, output };
}

function launch(boot: Boot, lines: string[]): Promise<Child> {
  const { argv, cwd, env, signal } = boot;
  const onLine = (line: string): void => void lines.push(line);
  return start({ argv, cwd, env, signal, onLine, isLong: true });
}

async function untilAnswering(boot: Boot, child: Child, lines: readonly string[]): Promise<void> {
  const outcome = await firstOf(boot, child, START_SECONDS);
  if (outcome === "answers") return;
  await child.stop();
  await child.ended;
  const why = outcome === "ended" ? "ended" : `did not answer within ${START_SECONDS} s`;
  throw new Error(`The server ${why}.\n${lastLines(lines.join("\n"))}`);
}

/** What a server does first: answer anything at all (what, is for the checks to judge), end, or neither in time. */
async function firstOf(
  { port, signal }: Boot,
  child: Child,
  seconds: number,
): Promise<"answers" | "ended" | "late"> {
  const ended = child.ended.then(() => "ended" as const);
  const deadline = performance.now() + seconds * 1000;
  while (!signal.aborted && performance.now() < deadline) {
    const answered = answers(port).then((does) => (does ? ("answers" as const) : undefined));
    const first = await Promise.race([ended, answered]);
    if (first !== undefined) return first;
    await sleep(POLL_MILLISECONDS);
  }
  return "late";
}

async function answers(port: number): Promise<boolean> {
  try {
    const limit = AbortSignal.timeout(2_000);
    const url = `http://${LOOPBACK}:${port}/health/live`;
    const response = await fetch(url, { signal: limit, redirect: "manual" });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
