import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { inject, onTestFinished } from "vitest";

type Environment = Readonly<Record<string, string | undefined>>;

/** How the program is run. */
export interface Call {
  readonly cwd: string;
  readonly env?: Environment;
  readonly input?: string;
}

/** How a run of the program ended. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test's own surroundings may not decide: build machines and editors set these. */
const OURS =
  /^(CI|FORCE_COLOR|NO_COLOR|TERM|VIRTUAL_ENV|DATABASE_URL.*|ENVIRONMENT|npm_.*|VITEST.*|NODE_ENV|TEST_.*|PYTHON.*)$/;

/** The environment of a person at a machine: no build variables. */
export function environment(more: Environment = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return { ...Object.fromEntries(own), TERM: "xterm-256color", ...more };
}

/** The command line that runs the packed program. */
export function commandLine(args: readonly string[]): [string, ...string[]] {
  return [process.execPath, inject("cli"), ...args];
}

/** Start the packed program without a terminal. */
export function launch(args: readonly string[], call: Call): ChildProcess {
  const [command, ...rest] = commandLine(args);
  return spawn(command, rest, { cwd: call.cwd, env: environment(call.env), stdio: "pipe" });
}

/** Run the packed program without a terminal, to its end. */
export async function cli(args: readonly string[], call: Call): Promise<Outcome> {
  return outcome(launch(args, call), call.input);
}

/** What a started program prints, and how it ends. */
export async function outcome(child: ChildProcess, input = ""): Promise<Outcome> {
  child.stdin?.on("error", () => undefined).end(input);
  const streams = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ""));
  const [[exitCode], stdout = "", stderr = ""] = await Promise.all([
    once(child, "close").then(([code]): [number | null] => [
      typeof code === "number" ? code : null,
    ]),
    ...streams,
  ]);
  return { exitCode, stdout, stderr };
}

/** A folder of the test's own, with a space in its name. It stays, and is named, when the test fails. */
export async function workspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "csa test "));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") console.error(`kept for you: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** What is in a folder, hidden files too. */
export async function listing(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

/** A shell script for each program of a machine that a test makes up. */
export type Programs = Readonly<Record<string, string>>;

/** The PATH of a machine that has these programs, Node, and the few that shell scripts need. */
export async function machine(folder: string, programs: Programs): Promise<string> {
  const bin = join(folder, ".machine");
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  await symlink(process.execPath, join(bin, "node"));
  for (const name of ["basename", "cat", "chmod", "cp", "mkdir", "sleep"]) {
    await symlink(`/bin/${name}`, join(bin, name));
  }
  return bin;
}
