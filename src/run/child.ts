import type { Argv, Environment } from "../stacks/stack.js";
import { endGroup, killGroup, track } from "./groups.js";
import { platform } from "./platform.js";

/** What is needed to start one program. */
export interface Start {
  readonly argv: Argv;
  readonly cwd?: string | undefined;
  /** Added to the environment; undefined takes a variable out of it. */
  readonly env?: Environment | undefined;
  readonly input?: string | undefined;
  /** Ends the program, and everything that it started. */
  readonly signal?: AbortSignal;
  /** Each line of its output as it comes, from both streams. */
  readonly onLine?: (line: string) => void;
  /** Let it write to our standard error as it likes; nothing of it is kept. */
  readonly passThrough?: boolean;
  /** It may write for as long as it runs: the lines are all that is kept of it. */
  readonly isLong?: boolean;
}

/** How a program ended. */
export interface Ending {
  /** Undefined when a signal ended it, or it could not be started. */
  readonly exitCode: number | undefined;
  /** The system's word for a program that could not be started, as in ENOENT. */
  readonly failure: string | undefined;
  readonly stdout: string;
  /** Both streams in the order of writing. */
  readonly output: string;
}

/** A running program. */
export interface Child {
  readonly ended: Promise<Ending>;
  /** End it with everything that it started. */
  readonly stop: () => Promise<void>;
  /** End it at once, as a power cut does: it finishes nothing. */
  readonly kill: () => Promise<void>;
}

/** Output beyond this is of no use in a message and could fill the memory. */
const MAX_OUTPUT = 10_000_000;

/** Run a program to its end. */
export async function run(options: Start): Promise<Ending> {
  const { ended } = await start(options);
  return ended;
}

/** Start a program from an argument array, as the leader of its own process group. */
export async function start(options: Start): Promise<Child> {
  // Loading it takes longer than writing a whole project: only who starts a program pays.
  const { execa } = await import("execa");
  const [command, ...args] = options.argv;
  const child = execa(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...options.env },
    ...(options.input === undefined ? { stdin: "ignore" } : { input: options.input }),
    // Standard output is the caller's result: a child may not write to it.
    ...(options.passThrough ? { stdout: 2, stderr: 2 } : {}),
    all: true,
    buffer: !options.isLong,
    maxBuffer: MAX_OUTPUT,
    reject: false,
    cleanup: false,
    detached: platform() === "posix",
    windowsHide: true,
  });
  const { pid } = child;
  if (pid !== undefined) track(pid);
  const stop = async (): Promise<void> => {
    if (pid !== undefined) await endGroup(pid);
    await child;
  };
  const kill = async (): Promise<void> => {
    if (pid !== undefined) killGroup(pid);
    await child;
  };
  const onAbort = (): void => void stop();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  if (options.signal?.aborted) onAbort();

  const forwarded = options.onLine ? forward(child, options.onLine) : Promise.resolve();
  const ended = child.then(async (result): Promise<Ending> => {
    options.signal?.removeEventListener("abort", onAbort);
    // Its children may outlive it.
    if (pid !== undefined) await endGroup(pid, 0);
    await forwarded;
    return {
      exitCode: result.exitCode,
      failure: result.exitCode === undefined ? (result.code ?? result.signal) : undefined,
      stdout: result.stdout ?? "",
      output: result.all ?? "",
    };
  });
  return { ended, stop, kill };
}

async function forward(
  lines: { iterable: (options: { from: "all" }) => AsyncIterable<string> },
  onLine: (line: string) => void,
): Promise<void> {
  try {
    for await (const line of lines.iterable({ from: "all" })) onLine(line);
  } catch {
    // The ending tells what went wrong; here only the lines matter.
  }
}
