import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { cli, workspace, type Outcome } from "./harness.js";

/** A project that is written and not installed. */
export async function project(): Promise<string> {
  const cwd = await workspace();
  const { exitCode } = await cli(["my-api", "--yes", "--no-install", "--no-git"], { cwd });
  expect(exitCode).toBe(0);
  return join(cwd, "my-api");
}

/** Run the packed program in a folder. */
export function run(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  return cli(args, { cwd });
}

/** Every file of a folder with its bytes, and every folder: what a person would compare. */
export async function tree(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => !join(entry.parentPath, entry.name).includes(".venv"))
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = entry.isFile() ? await readFile(path, "base64") : "";
      return [relative(root, path), text] as const;
    });
  return new Map((await Promise.all(found)).toSorted());
}

/** A script in place of the project's Python: it is asked for migrations and nothing else. */
export async function install(root: string, script: string): Promise<void> {
  const bin = join(root, ".venv", "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "python"), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, "python"), 0o755);
}
