import { cp, mkdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";

import { expect, test } from "vitest";

import { listAt, textAt } from "../../../src/contract/json.js";
import { options } from "../../../src/stacks/registry.js";
import { MUTANTS } from "../../fixtures/mutants/all.js";
import type { Mutant } from "../../fixtures/mutants/mutant.js";
import { cli } from "../harness.js";
import { create, inProject } from "./projects.js";

const EVERYTHING = options.features.choices.join(",");
const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
const SERVICES = { TEST_DATABASE_URL, TEST_REDIS_URL };
/** The production profile needs a server for its databases. */
const RUNNABLE = MUTANTS.filter(
  ({ profile }) => profile !== "production" || TEST_DATABASE_URL !== undefined,
);
/** At night each mutant is put to the whole contract, which tells who else would have seen it. */
const IS_WHOLE = process.env.MUTANTS === "whole";

/** Copies of one project, which share what was installed. */
async function copies(project: string, count: number): Promise<readonly string[]> {
  const installed = await realpath(join(project, ".venv"));
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const copy = `${project}-${number}`;
      await mkdir(copy);
      await cp(project, copy, { recursive: true, filter: (path) => basename(path) !== ".venv" });
      await symlink(installed, join(copy, ".venv"));
      return copy;
    }),
  );
}

/** Do something while the protection is gone. */
async function without<Result>(
  project: string,
  { file, from, to }: Mutant,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = join(project, file);
  const text = await readFile(path, "utf8");
  expect(text.split(from), `${file}: ${from}`).toHaveLength(2);
  await writeFile(
    path,
    text.replace(from, () => to),
  );
  try {
    return await work();
  } finally {
    await writeFile(path, text);
  }
}

/** The checks that fail, of those that were asked for. */
async function failing(project: string, { seenBy, profile }: Mutant): Promise<readonly string[]> {
  const only = IS_WHOLE ? [] : ["--only", seenBy.join(",")];
  const words = ["verify", "--profile", profile ?? "development", ...only, "--json"];
  const { stdout, stderr } = await cli(words, { cwd: project, env: SERVICES });
  const report: unknown = JSON.parse(stdout);
  // A project that does not even start is no mutant: everything sees that.
  expect(textAt(report, "code"), stderr).toBe("");
  const made = listAt(report, "checks").filter((check) => seenBy.includes(textAt(check, "id")));
  const failed = listAt(report, "checks").filter((check) => textAt(check, "outcome") === "failed");
  if (made.some((check) => !failed.includes(check))) console.log(JSON.stringify(made), stderr);
  return failed.map((check) => textAt(check, "id"));
}

/** A check that a busy machine kept from looking is asked once more; what it saw each time is in the log. */
async function asleepTwice(project: string, mutant: Mutant): Promise<readonly string[]> {
  if (mutant.seenBy.length === 0) return [];
  const look = async (): Promise<readonly string[]> => {
    const failed = await failing(project, mutant);
    if (IS_WHOLE)
      console.log(`${mutant.file}: ${mutant.from.trim()}\n  seen by ${failed.join(", ")}`);
    return mutant.seenBy.filter((id) => !failed.includes(id));
  };
  const asleep = await look();
  return asleep.length === 0 ? [] : look();
}

/** Who was to notice, and has not. */
async function blind(project: string, mutant: Mutant): Promise<readonly string[]> {
  const { file, from, tests = [] } = mutant;
  return without(project, mutant, async () => {
    const asleep = [...(await asleepTwice(project, mutant))];
    if (tests.length > 0) {
      const pytest = [".venv/bin/python", "-m", "pytest", "-q", "-x", "-n0", ...tests];
      const { exitCode } = await inProject(project, pytest);
      if (exitCode !== 1) asleep.push(...tests);
    }
    return asleep.map((name) => `${name} does not see ${file} without: ${from.trim()}`);
  });
}

const HOURS = 3_600_000;

test(
  "whatever protection is taken out, the checks and tests that are named for it fail",
  { timeout: 3 * HOURS },
  async () => {
    const project = await create(["--no-git", "--features", EVERYTHING]);
    // Versions and repeated requests are seen where there is something to change.
    const resource = ["generate", "resource", "Customer", "name:string(80)", "--yes"];
    expect((await cli(resource, { cwd: project })).exitCode).toBe(0);
    const queue = [...RUNNABLE];
    const survivors: string[] = [];
    const work = async (copy: string): Promise<void> => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        survivors.push(...(await blind(copy, mutant)));
      }
    };
    const started = performance.now();
    await Promise.all((await copies(project, Math.min(4, availableParallelism()))).map(work));
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    console.log(`${RUNNABLE.length} mutants in ${minutes} minutes; survivors: ${survivors.length}`);
    console.log(survivors.join("\n"));
    expect(survivors).toEqual([]);
  },
);
