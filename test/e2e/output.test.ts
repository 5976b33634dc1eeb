import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, commandLine, environment, listing, workspace } from "./harness.js";
import { onTerminal } from "./terminal.js";

const ESCAPE = "\u001B";
const FILES_ONLY = ["--yes", "--no-install", "--no-git"];

/** Every file of a folder with its text; the secrets are made anew each time. */
async function tree(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const walk = async (below: string): Promise<void> => {
    for (const name of await listing(join(folder, below))) {
      const path = below === "" ? name : `${below}/${name}`;
      const text = await readFile(join(folder, path), "utf8").catch(() => undefined);
      if (text === undefined) await walk(path);
      else if (path !== ".env") files.set(path, text);
    }
  };
  await walk("");
  return files;
}

describe("the two outputs", () => {
  test("the result is on standard output, the progress is not", async () => {
    const { stdout, stderr } = await cli(["my-api", ...FILES_ONLY], { cwd: await workspace() });
    expect(stdout).toContain("my-api");
    expect(stderr).toMatch(/^ok /m);
    expect(stdout).not.toMatch(/^ok /m);
  });

  test("--quiet says nothing but the result", async () => {
    const call = { cwd: await workspace() };
    const { stdout, stderr } = await cli(["my-api", "--quiet", ...FILES_ONLY], call);
    expect(stderr).toBe("");
    expect(stdout).not.toBe("");
  });

  test.each([
    [["my-api", "--frobnicate"], "usage.unknown-option"],
    [["my-api", "other-api"], "usage.excess-arguments"],
    [["--json", "create", "my-api"], "usage.misplaced-option"],
    [["docter"], "command.mistyped"],
  ])("--json names a wrong command line %j: %s", async (args, code) => {
    const { exitCode, stdout } = await cli([...args, "--json"], { cwd: await workspace() });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code, exitCode: 2 });
  });

  test("--json is one object", async () => {
    const { stdout } = await cli(["my-api", "--json", ...FILES_ONLY], { cwd: await workspace() });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      features: ["uploads", "email"],
      admin: {},
    });
    expect(stdout.trim().split("\n")).toHaveLength(1);
  });

  test("a dry run lists every file and writes none", async () => {
    const cwd = await workspace();
    const { exitCode, stdout } = await cli(["my-api", "--dry-run", "--json", ...FILES_ONLY], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(await listing(cwd)).toEqual([]);
    expect(JSON.parse(stdout)).toHaveProperty("changes");
    for (const path of [".env", ".secure-api.json", "app/main.py"]) {
      expect(stdout).toContain(`{"path":"${path}","action":"create"}`);
    }
  });
});

describe("colours and motion", () => {
  test("are not sent to a pipe", async () => {
    const { stdout, stderr } = await cli(["my-api", ...FILES_ONLY], { cwd: await workspace() });
    expect(stdout + stderr).not.toContain(ESCAPE);
    expect(stdout + stderr).not.toContain("\r");
  });

  test("are sent when they are asked for", async () => {
    const call = { cwd: await workspace(), env: { FORCE_COLOR: "1" } };
    expect((await cli(["my-api", ...FILES_ONLY], call)).stderr).toContain(ESCAPE);
  });

  test("the lines of a build machine do not move, even on a terminal", async () => {
    const call = { cwd: await workspace(), env: { CI: "true" } };
    const { output } = await onTerminal(["my-api", ...FILES_ONLY], [], call);
    expect(output).toMatch(/^ok /m);
  });
});

describe("the same answers", () => {
  test("give the same bytes, and the printed command repeats them", async () => {
    const cwd = await workspace();
    const flags = ["--admin-email", "me@example.org", "--no-docker", "--ci", "none"];
    const first = await cli(["my-api", "--json", ...flags, ...FILES_ONLY], { cwd });
    const [, command = ""] = /"command":"([^"]*)"/.exec(first.stdout) ?? [];
    const again = await workspace();
    const words = command.split(" ").slice(command.startsWith("npx") ? 2 : 1);
    const second = await cli([...words, ...FILES_ONLY], { cwd: again });
    expect(second.exitCode).toBe(0);
    expect(await tree(join(again, "my-api"))).toEqual(await tree(join(cwd, "my-api")));
  });

  test("give other secrets each time", async () => {
    const cwd = await workspace();
    for (const name of ["one-api", "two-api"]) await cli([name, ...FILES_ONLY], { cwd });
    const secret = async (name: string): Promise<string | undefined> =>
      /^SECRET_KEY=(\S+)$/m.exec(await readFile(join(cwd, name, ".env"), "utf8"))?.[1];
    expect(await secret("one-api")).toMatch(/^\S{43,}$/);
    expect(await secret("one-api")).not.toBe(await secret("two-api"));
  });
});

describe.skipIf(!existsSync("/dev/full"))("a full device", () => {
  test("is not taken for success", async () => {
    const cwd = await workspace();
    const [program, ...words] = commandLine(["my-api", ...FILES_ONLY]);
    const device = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(program, words, {
      cwd,
      env: environment(),
      stdio: ["ignore", device, "pipe"],
      encoding: "utf8",
    });
    closeSync(device);
    expect(status).toBe(4);
    expect(stderr).toMatch(/could not be written .*ENOSPC/);
  });
});

describe("help and version", () => {
  test("answer at once, on standard output", async () => {
    const cwd = await workspace();
    const help = await cli(["--help"], { cwd });
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toMatch(/--database[\s\S]*--admin-email[\s\S]*--installer/);
    expect((await cli(["--version"], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
