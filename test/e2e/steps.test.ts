import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { python, uv, type Behaviour } from "../fixtures/machines.js";
import { cli, listing, machine, workspace, type Outcome } from "./harness.js";

interface Run extends Outcome {
  readonly cwd: string;
  /** The command lines that the machine was given. */
  readonly log: readonly string[];
}

/** Create on a made-up machine, where a whole run takes a second. */
async function createOn(
  behaviour: Behaviour,
  more: { readonly args?: readonly string[]; readonly hasUv?: boolean; env?: object } = {},
): Promise<Run> {
  const cwd = await workspace();
  const { hasUv = true, args = [] } = more;
  const programs = { python3: python(behaviour), ...(hasUv ? { uv: uv(behaviour) } : {}) };
  const log = join(cwd, ".log");
  const env = { PATH: await machine(cwd, programs), CSA_LOG: log, ...more.env };
  const outcome = await cli(["my-api", "--yes", ...args], { cwd, env });
  const lines = await readFile(log, "utf8").catch(() => "");
  return { ...outcome, cwd, log: lines.trim().split("\n") };
}

describe("a run in which everything works", () => {
  test("ends with ready, the password once, and the way to repeat it", async () => {
    const { exitCode, stdout, cwd } = await createOn({});
    expect(exitCode).toBe(0);
    const password = (await readFile(join(cwd, ".log.password"), "utf8")).trim();
    expect(password.length).toBeGreaterThanOrEqual(15);
    expect(stdout.split(password)).toHaveLength(2);
    expect(stdout).toContain("create-secure-api my-api");
  });

  test("tells every step with --json", async () => {
    const { stdout, cwd } = await createOn({}, { args: ["--json"] });
    const password = (await readFile(join(cwd, ".log.password"), "utf8")).trim();
    const result: unknown = JSON.parse(stdout);
    expect(result).toMatchObject({
      ok: true,
      admin: { email: "admin@example.com", password },
      steps: [
        { name: "write", status: "done" },
        { name: "git" },
        { name: "install", status: "done" },
        { name: "migrate", status: "done" },
        { name: "admin", status: "done" },
        { name: "prove", status: "done" },
      ],
    });
  });

  test("never shows the password to other processes", async () => {
    const { log, cwd } = await createOn({});
    const password = (await readFile(join(cwd, ".log.password"), "utf8")).trim();
    expect(log.join("\n")).not.toContain(password);
  });
});

describe("the installer", () => {
  test("is uv where the machine has it", async () => {
    const { log } = await createOn({});
    expect(log[0]).toMatch(/^uv venv /);
    expect(log[1]).toMatch(/^uv pip install .*--require-hashes/);
    expect(log[1]).toMatch(/-r requirements\.txt -r requirements-dev\.txt/);
  });

  test("else pip fetches a pinned uv into the project, which installs the rest", async () => {
    const { log } = await createOn({}, { hasUv: false });
    expect(log[0]).toMatch(/^python3 -m venv /);
    expect(log[1]).toMatch(
      /^python -m pip .*install --require-hashes -r requirements-installer\.txt$/,
    );
    expect(log[2]).toMatch(/^uv pip install .*--require-hashes/);
  });

  test("is pip alone for who wants only pip", async () => {
    const { log } = await createOn({}, { args: ["--installer", "pip"] });
    expect(log[0]).toMatch(/^python3 -m venv /);
    expect(log[1]).toMatch(/^python -m pip .*install --require-hashes -r requirements\.txt/);
    expect(log.some((line) => line.startsWith("uv "))).toBe(false);
  });
});

describe("a step that fails is not called a success", () => {
  const FAIL = "echo 'no space left on device' >&2; exit 28;";

  async function fails(run: Run, names: RegExp): Promise<void> {
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toMatch(names);
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.stdout).toBe("");
    expect(await listing(join(run.cwd, "my-api"))).toContain("pyproject.toml");
  }

  test("install: the output is shown and the resuming commands are named", async () => {
    const run = await createOn({ install: FAIL });
    await fails(run, /no space left on device/);
    expect(run.stderr).toMatch(/cd my-api/);
    expect(run.stderr).toMatch(/uv pip install .*requirements\.txt/);
    expect(run.stderr).toMatch(/alembic upgrade head/);
  });

  test("migrate", async () => {
    const run = await createOn({ migrate: FAIL });
    await fails(run, /alembic upgrade head/);
    expect(run.stderr).not.toMatch(/^.*uv pip install/m);
  });

  test("admin", async () => {
    await fails(await createOn({ admin: FAIL }), /create-admin/);
  });

  test("prove: the server's own words are shown", async () => {
    await fails(await createOn({ server: "dies" }), /no such table: users/);
  });

  test("prove: a server that does not let the administrator in", async () => {
    await fails(await createOn({ server: "stranger" }), /another account/);
  });

  test("with --json the failure is one object", async () => {
    const { exitCode, stdout } = await createOn({ install: FAIL }, { args: ["--json"] });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 4 });
  });
});

describe("steps that were not wanted", () => {
  test("are skipped, and what needs them too", async () => {
    const { exitCode, log, stdout } = await createOn({}, { args: ["--no-install", "--json"] });
    expect(exitCode).toBe(0);
    expect(log).toEqual([""]);
    expect(JSON.parse(stdout)).toMatchObject({
      steps: [
        { name: "write", status: "done" },
        { name: "git", status: "skipped" },
        { name: "install", status: "skipped" },
        { name: "migrate", status: "skipped" },
        { name: "admin", status: "skipped" },
        { name: "prove", status: "skipped" },
      ],
    });
  });

  test("--no-migrate installs and stops there", async () => {
    const { exitCode, log } = await createOn({}, { args: ["--no-migrate"] });
    expect(exitCode).toBe(0);
    expect(log.join("\n")).not.toMatch(/alembic|create-admin|uvicorn/);
  });

  test("--no-git makes no repository", async () => {
    const { cwd } = await createOn({}, { args: ["--no-git", "--no-install"] });
    expect(await listing(join(cwd, "my-api"))).not.toContain(".git");
  });
});

test("a variable of the caller's shell does not lead to another database", async () => {
  const migrate = `[ -z "$DATABASE_URL$ENVIRONMENT$DATABASE_URL_DEV" ] || exit 9;`;
  const env = {
    DATABASE_URL: "postgresql://production.example/db",
    DATABASE_URL_DEV: "sqlite:///other.db",
    ENVIRONMENT: "production",
  };
  expect((await createOn({ migrate }, { env })).exitCode).toBe(0);
});
