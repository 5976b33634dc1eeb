import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { initRepository } from "../../../src/run/git.js";

const { signal } = new AbortController();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "csa git "));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test("a project gets a repository of its own", async () => {
  expect(await initRepository(folder, signal)).toEqual({ kind: "done" });
  expect(existsSync(join(folder, ".git", "HEAD"))).toBe(true);
});

test("a project inside a repository gets none of its own", async () => {
  await initRepository(folder, signal);
  const nested = join(folder, "my-api");
  await mkdir(nested);
  const repository = await initRepository(nested, signal);
  expect(repository).toMatchObject({ kind: "skipped" });
  expect(existsSync(join(nested, ".git"))).toBe(false);
});

test("a machine without git is told so and goes on", async () => {
  vi.stubEnv("PATH", folder);
  const repository = await initRepository(folder, signal);
  expect(repository).toEqual({ kind: "skipped", reason: "git is not installed" });
});

test("a hook's environment does not lead to another repository", async () => {
  vi.stubEnv("GIT_DIR", join(folder, "elsewhere.git"));
  await initRepository(folder, signal);
  expect(existsSync(join(folder, "elsewhere.git"))).toBe(false);
});
