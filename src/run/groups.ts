import { setTimeout as sleep } from "node:timers/promises";
import { execa, execaSync } from "execa";
import type { Platform } from "../stacks/stack.js";
import { platform } from "./platform.js";

/*
 * Every child leads a process group of its own. Servers that reload and installers that build start
 * children themselves, and ending only the process that we started would leave those behind.
 */

/** The groups that are alive, by the process id of their leader. */
const living = new Set<number>();

/** How a whole tree of processes is ended: Windows has no groups, and a tool that walks the tree. */
export function endTreeCommand(pid: number, on: Platform): readonly [string, ...string[]] | null {
  return on === "windows" ? ["taskkill", "/pid", String(pid), "/T", "/F"] : null;
}

/** Remember a group until it has ended. */
export function track(pid: number): void {
  living.add(pid);
}

/** Ask a group to end, and end it by force when it has not done so in time. */
export async function endGroup(pid: number, graceMilliseconds = 3_000): Promise<void> {
  const tree = endTreeCommand(pid, platform());
  if (tree) {
    await execa(tree[0], tree.slice(1), { reject: false });
  } else {
    await endPosixGroup(pid, graceMilliseconds);
  }
  living.delete(pid);
}

async function endPosixGroup(pid: number, graceMilliseconds: number): Promise<void> {
  const deadline = performance.now() + graceMilliseconds;
  let isAlive = send(pid, "SIGTERM");
  while (isAlive && performance.now() < deadline) {
    await sleep(20);
    isAlive = send(pid, 0);
  }
  send(pid, "SIGKILL");
}

/** End every group at once: the last act before this process ends, which cannot wait. */
export function killEveryGroup(): void {
  for (const pid of living) {
    const tree = endTreeCommand(pid, platform());
    if (tree) execaSync(tree[0], tree.slice(1), { reject: false });
    else send(pid, "SIGKILL");
  }
  living.clear();
}

/** Send a signal to a group; false when nobody is left in it. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
