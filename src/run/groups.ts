import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { platform } from "./platform.js";

/*
 * Every child leads a process group of its own. Servers that reload and installers that build start
 * children themselves, and ending only the process that we started would leave those behind.
 */

/** The groups that are alive, by the process id of their leader. */
const living = new Set<number>();

/** Windows has no groups; this program walks the tree. */
export function endTreeCommand(pid: number): readonly [string, ...string[]] {
  return ["taskkill", "/pid", String(pid), "/T", "/F"];
}

function endWindowsTree(pid: number): void {
  const [program, ...args] = endTreeCommand(pid);
  // It must be done before this process ends, so nothing here may wait for the event loop.
  spawnSync(program, args, { stdio: "ignore", windowsHide: true });
}

/** Remember a group until it has ended. */
export function track(pid: number): void {
  living.add(pid);
}

/** Ask a group to end, and end it by force when it has not done so in time. */
export async function endGroup(pid: number, graceMilliseconds = 3_000): Promise<void> {
  if (platform() === "windows") endWindowsTree(pid);
  else await endPosixGroup(pid, graceMilliseconds);
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

/** End a group at once. */
export function killGroup(pid: number): void {
  if (platform() === "windows") endWindowsTree(pid);
  else send(pid, "SIGKILL");
  living.delete(pid);
}

/** End every group at once: the last act before this process ends, which cannot wait. */
export function killEveryGroup(): void {
  for (const pid of [...living]) killGroup(pid);
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
