import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { python, uv, type Behaviour } from "../fixtures/machines.js";
import { isAlive } from "../fixtures/programs.js";
import { launch, listing, machine, outcome, workspace, type Outcome } from "./harness.js";
import { KEY, onTerminal } from "./terminal.js";

/** Starts a child of its own, tells both process ids, and does not end. */
const HANG = `sleep 600 & echo "$$ $!" > "$CSA_LOG.pids"; wait;`;

interface Scene {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function scene(behaviour: Behaviour): Promise<Scene> {
  const cwd = await workspace();
  const programs = { python3: python(behaviour), uv: uv(behaviour) };
  return { cwd, env: { PATH: await machine(cwd, programs), CSA_LOG: join(cwd, ".log") } };
}

/** The processes of the hanging program, once it hangs. */
async function hanging({ cwd }: Scene): Promise<readonly number[]> {
  for (let tries = 0; tries < 200; tries += 1) {
    const pids = await readFile(join(cwd, ".log.pids"), "utf8").catch(() => "");
    if (pids.includes("\n")) return pids.trim().split(" ").map(Number);
    await sleep(50);
  }
  throw new Error("the program never started");
}

async function interrupt(where: Scene, signal: NodeJS.Signals): Promise<Outcome> {
  const child: ChildProcess = launch(["my-api", "--yes"], where);
  const ended = outcome(child);
  const pids = await hanging(where);
  child.kill(signal);
  const result = await ended;
  for (const pid of pids) expect(await isAlive(pid)).toBe(false);
  return result;
}

describe("an interrupt before the project is there leaves nothing behind", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s", async (signal) => {
    const where = await scene({ probe: HANG });
    const { exitCode, stdout } = await interrupt(where, signal);
    expect([exitCode, stdout]).toEqual([130, ""]);
    expect(await listing(where.cwd)).toEqual([".log.pids", ".machine"]);
  });
});

describe("an interrupt after it keeps the project, ends every child and says how to go on", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("by %s while it installs", async (signal) => {
    const where = await scene({ install: HANG });
    const { exitCode, stdout, stderr } = await interrupt(where, signal);
    expect([exitCode, stdout]).toEqual([130, ""]);
    expect(await listing(join(where.cwd, "my-api"))).toContain("pyproject.toml");
    expect(stderr).toContain("cd my-api");
    expect(stderr).toMatch(/uv pip install/);
  });

  test("while it migrates", async () => {
    const where = await scene({ migrate: HANG });
    const { exitCode, stderr } = await interrupt(where, "SIGINT");
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/alembic upgrade head/);
  });

  test("by Ctrl-C on a terminal", async () => {
    const where = await scene({ install: HANG });
    const steps = [["Install the dependencies  1", KEY.interrupt]] as const;
    const { exitCode, output } = await onTerminal(["my-api", "--yes"], steps, where);
    expect(exitCode).toBe(130);
    expect(output).toContain("cd my-api");
    for (const pid of await hanging(where)) expect(await isAlive(pid)).toBe(false);
  });
});

test("--start leaves the server in the foreground until the interrupt, and then nothing", async () => {
  const where = await scene({});
  const child = launch(["my-api", "--yes", "--start"], where);
  let said = "";
  const isReady = new Promise<string>((resolve) => {
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      const [, url] = /Serving at (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
  });
  const ended = outcome(child);
  const url = await isReady;
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  child.kill("SIGINT");
  expect((await ended).exitCode).toBeOneOf([0, 130]);
  await expect(fetch(`${url}/health/ready`)).rejects.toThrow();
});
