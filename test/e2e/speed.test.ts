import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { commandLine, environment, workspace } from "./harness.js";

/*
 * Times are compared with what Node itself needs to start at the same moment, so that a busy machine fails
 * no test. `npm run bench` holds the promises in milliseconds; a module that is loaded too early breaks both.
 */

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Infinity;
}

function time(args: readonly string[], cwd: string): number {
  const started = performance.now();
  execFileSync(process.execPath, args, { cwd, env: environment(), stdio: "ignore" });
  return performance.now() - started;
}

/** How many starts of Node a command takes. */
function starts(runs: number, cwd: string, args: (run: number) => readonly string[]): number {
  const ratios = Array.from({ length: runs }, (_, run) => {
    const [, ...words] = commandLine(args(run));
    return time(words, cwd) / time(["-e", "0"], cwd);
  });
  return median(ratios);
}

test("help takes less than two and a half starts of Node", async () => {
  expect(starts(9, await workspace(), () => ["--help"])).toBeLessThan(2.5);
});

test("the files of a project take less than twelve", async () => {
  const flags = ["--yes", "--no-install", "--no-git"];
  const cwd = await workspace();
  expect(starts(7, cwd, (run) => [`api-${run}`, ...flags])).toBeLessThan(12);
});
