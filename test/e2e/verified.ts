import { execFileSync, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";

import { launch, outcome, type Outcome } from "./harness.js";

/** A project that is installed, and the command that attacks it. */
export interface Verified {
  /** Where it is. */
  readonly project: string;
  /** Start the command, without waiting for its end. */
  readonly start: (args: readonly string[]) => ChildProcess;
  readonly verify: (args: readonly string[]) => Promise<Outcome>;
  /** Do something while a file of the project says something else. */
  readonly whileBroken: (
    file: string,
    change: readonly [from: string, to: string],
    work: () => Promise<void>,
  ) => Promise<void>;
  /** The folder where the command puts what it takes away again. */
  readonly scratch: string;
  /** Programs that run in copies of the project. */
  readonly leftRunning: () => readonly string[];
}

/** Make a project for the tests of a file; it is not migrated, which the command does in databases of its own. */
export function verified(): Verified {
  let home = "";
  const in_ = (name: string): string => join(home, name);
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "csa verify "));
    await mkdir(in_("scratch"));
    const words = ["my-api", "--yes", "--json", "--no-git", "--no-migrate"];
    const { exitCode, stdout, stderr } = await outcome(launch(words, { cwd: home }));
    expect(exitCode, `${stdout}${stderr}`).toBe(0);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));
  const start = (args: readonly string[]): ChildProcess =>
    launch(["verify", ...args], { cwd: in_("my-api"), env: { TMPDIR: in_("scratch") } });
  return {
    get project() {
      return in_("my-api");
    },
    get scratch() {
      return in_("scratch");
    },
    start,
    verify: (args) => outcome(start(args)),
    whileBroken: (file, change, work) => whileBroken(join(in_("my-api"), file), change, work),
    leftRunning: () => {
      const all = execFileSync("ps", ["axww", "-o", "args="], { encoding: "utf8" });
      return all.split("\n").filter((line) => line.includes(in_("scratch")));
    },
  };
}

async function whileBroken(
  path: string,
  [from, to]: readonly [string, string],
  work: () => Promise<void>,
): Promise<void> {
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(
    path,
    text.replace(from, () => to),
  );
  try {
    await work();
  } finally {
    await writeFile(path, text);
  }
}
