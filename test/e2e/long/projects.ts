import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { listAt, member, textAt } from "../../../src/contract/json.js";
import { cli, environment, outcome, workspace, type Outcome } from "../harness.js";

/** A number that is another one for each commit: what is too slow for every commit is shared out by it. */
export function commitNumber(): number {
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" });
  return Number.parseInt(commit.slice(0, 8), 16);
}

/** Run a program of a generated project, in it. */
export function inProject(project: string, argv: readonly string[], env = {}): Promise<Outcome> {
  const [program = "", ...args] = argv;
  const options = { cwd: project, env: environment(env), stdio: "pipe" } as const;
  const child = spawn(join(project, program), args, options);
  // A test that takes too long must not leave its program running.
  onTestFinished(() => void child.kill());
  return outcome(child);
}

/** Create a project that is installed, migrated and proven; returns where it is. */
export async function create(args: readonly string[], env = {}): Promise<string> {
  const cwd = await workspace();
  const { exitCode, stdout, stderr } = await cli(["my-api", "--yes", "--json", ...args], {
    cwd,
    env,
  });
  expect(exitCode, `${stdout}${stderr}`).toBe(0);
  console.log(stdout);
  return join(cwd, "my-api");
}

/** The last lines in any case, everything where it failed. */
export async function expectToPass(run: Promise<Outcome>): Promise<void> {
  const { exitCode, stdout, stderr } = await run;
  console.log(stdout.split("\n").slice(-12).join("\n"));
  expect(exitCode, `${stdout}${stderr}`).toBe(0);
}

/** A database of the test's own on a server, gone when the work is done. */
export async function withDatabase(
  server: string,
  name: string,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const psql = (sql: string): Buffer => execFileSync("psql", [server, "-qc", sql]);
  psql(`CREATE DATABASE ${name}`);
  try {
    await work(Object.assign(new URL(server), { pathname: name }).href);
  } finally {
    psql(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

/** Attack a project, and expect that nothing was found; says what was, otherwise. */
export async function expectVerified(
  project: string,
  args: readonly string[],
  env = {},
): Promise<void> {
  const { exitCode, stdout, stderr } = await cli(["verify", "--json", ...args], {
    cwd: project,
    env,
  });
  const report: unknown = JSON.parse(stdout);
  const failed = listAt(report, "checks").filter((check) => textAt(check, "outcome") === "failed");
  console.log(JSON.stringify(member(report, "counts")), member(report, "seconds"), failed);
  expect(exitCode, `${JSON.stringify(failed, undefined, 2)}${stderr}`).toBe(0);
  expect(Number(member(report, "counts", "passed"))).toBeGreaterThan(30);
}
