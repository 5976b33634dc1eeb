import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "../stacks/stack.js";
import { start, type Child, type Ending } from "./child.js";
import { CommandFailure, lastLines } from "./failure.js";
import { throwIfInterrupted } from "./interrupt.js";

/** Where a server runs, and who may end it. */
export interface ServerRun {
  readonly cwd: string;
  readonly signal: AbortSignal;
}

const POLL_MILLISECONDS = 50;

/** Start a server, do something with it once it is ready, and stop it whatever happens. */
export async function withServer<Result>(
  server: Server,
  run: ServerRun,
  use: () => Promise<Result>,
): Promise<Result> {
  const child = await start({ argv: server.argv, env: server.env, ...run });
  try {
    await untilReady(server, child, run.signal);
    return await use();
  } catch (error) {
    throwIfInterrupted(run.signal);
    await child.stop();
    throw await explained(error, server, child);
  } finally {
    await child.stop();
  }
}

/** Run a server in the foreground until it ends or is interrupted. */
export async function serve(
  server: Server,
  run: ServerRun & { readonly onReady: () => void },
): Promise<void> {
  const { onReady, ...where } = run;
  const child = await start({ argv: server.argv, env: server.env, ...where, passThrough: true });
  try {
    await untilReady(server, child, run.signal);
    onReady();
    const { exitCode } = await child.ended;
    if (!run.signal.aborted)
      throw serverFailure(server, `ended with exit code ${exitCode ?? "none"}`);
  } finally {
    await child.stop();
  }
}

async function untilReady(server: Server, child: Child, signal: AbortSignal): Promise<void> {
  let ending: Ending | undefined;
  void child.ended.then((result) => (ending = result));
  const deadline = performance.now() + server.startSeconds * 1000;
  for (;;) {
    throwIfInterrupted(signal);
    if (ending) throw serverFailure(server, `ended with exit code ${ending.exitCode ?? "none"}`);
    const status = await statusOf(server.url + server.readyPath);
    if (status === 200) return;
    if (performance.now() > deadline) throw notReady(server, status);
    await sleep(POLL_MILLISECONDS);
  }
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

function notReady(server: Server, status: number | undefined): CommandFailure {
  const answer = status === undefined ? "did not answer" : `answered ${status}`;
  return serverFailure(
    server,
    `${answer} at ${server.readyPath} within ${server.startSeconds} seconds`,
  );
}

function serverFailure(server: Server, why: string): CommandFailure {
  const message = `The server (\`${server.shown}\`) ${why}.`;
  return new CommandFailure({ message, shown: server.shown, output: "" });
}

/** Add what the server wrote: the reason of a bad answer is in its log, not in the answer. */
async function explained(error: unknown, server: Server, child: Child): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const { output } = await child.ended;
  return new CommandFailure({
    message: error.message,
    shown: server.shown,
    output: lastLines(output),
  });
}
