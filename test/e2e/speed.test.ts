import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { cli, commandLine, environment, workspace } from "./harness.js";
import { execFileSync } from "node:child_process";

/*
 * Twice what the bench promises: a test must not fail because the machine is busy, and a module that is loaded
 * too early costs more than that.
 */

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Infinity;
}

async function medianOf(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

test("help answers at once", async () => {
  const node = (args: readonly string[]) => () =>
    execFileSync(process.execPath, args, { env: environment(), stdio: "ignore" });
  const [, ...help] = commandLine(["--help"]);
  const bare = await medianOf(7, node(["-e", "0"]));
  expect((await medianOf(7, node(help))) - bare).toBeLessThan(80);
});

test("the files of a project are there in less than a second", async () => {
  const cwd = await workspace();
  let count = 0;
  const create = () => cli([`api-${(count += 1)}`, "--yes", "--no-install", "--no-git"], { cwd });
  expect(await medianOf(5, create)).toBeLessThan(800);
});
