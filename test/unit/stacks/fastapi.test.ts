import { describe, expect, it } from "vitest";

import type { AnswerRecord } from "../../../src/answers/options.js";
import { stack } from "../../../src/stacks/registry.js";
import type { FoundTool, FoundTools, Platform, Site } from "../../../src/stacks/stack.js";
import { containing, projectOf } from "../support.js";

const PYTHON: FoundTool = {
  argv: ["python3"],
  version: "3.12.1",
  facts: { executable: "/usr/bin/python3", venv: "true", ensurepip: "true" },
};
const UV: FoundTool = { argv: ["uv"], version: "0.9.0", facts: {} };

function python(version: string, facts: Readonly<Record<string, string>> = {}): FoundTool {
  return { ...PYTHON, version, facts: { ...PYTHON.facts, ...facts } };
}

async function problem(
  tools: FoundTools,
  flags: AnswerRecord = {},
  platform: Platform = "posix",
): Promise<unknown> {
  const { answers } = await projectOf(flags);
  return stack.problem(answers, tools, platform);
}

describe("what a machine lacks is a sentence with the package to install", () => {
  it.each([
    [{}, "python.missing", "apt install python3"],
    [{ python: python("3.9.2") }, "python.too-old", "apt install python3"],
    [{ python: python("2.7.18") }, "python.too-old", "apt install python3"],
    [{ python: python("3.11.2", { ensurepip: "false" }) }, "python.no-venv", "python3.11-venv"],
    [{ python: python("3.12.3", { venv: "false" }) }, "python.no-venv", "python3.12-venv"],
  ])("%j", async (tools, code, hint) => {
    expect(await problem(tools)).toMatchObject({ code, hint: containing(hint) });
  });

  it("on Windows the package is Windows'", async () => {
    expect(await problem({}, {}, "windows")).toMatchObject({ hint: containing("winget install") });
  });

  it.each([
    [{ python: python("3.11.0") }, {}],
    [{ python: python("3.14.0") }, {}],
    [{ python: python("4.0.0") }, {}],
    [{ python: python("3.11.2", { ensurepip: "false" }), uv: UV }, {}],
    [{ python: PYTHON, uv: UV }, { installer: "uv" }],
  ])("nothing is lacking: %j", async (tools, flags) => {
    expect(await problem(tools, flags)).toBeUndefined();
  });

  it("who asks for uv gets uv or a refusal", async () => {
    expect(await problem({ python: PYTHON }, { installer: "uv" })).toMatchObject({
      code: "uv.missing",
    });
  });

  it("who asks for pip needs what pip needs, uv or not", async () => {
    const tools = { python: python("3.11.2", { ensurepip: "false" }), uv: UV };
    expect(await problem(tools, { installer: "pip" })).toMatchObject({ code: "python.no-venv" });
  });
});

describe("a tool describes itself", () => {
  const [interpreter, installer] = stack.tools;

  it("Python", () => {
    const said =
      '{"version": "3.12.1", "executable": "C:\\\\Program Files\\\\py.exe", "venv": "true", "ensurepip": "false"}\n';
    expect(interpreter?.read(said)).toEqual({
      version: "3.12.1",
      facts: { executable: "C:\\Program Files\\py.exe", venv: "true", ensurepip: "false" },
    });
    expect(interpreter?.read("Python 2.7")).toBeUndefined();
  });

  it("uv", () => {
    expect(installer?.read("uv 0.9.1 (abc 2026-01-01)\n")).toMatchObject({ version: "0.9.1" });
    expect(installer?.read("something else")).toBeUndefined();
  });
});

describe("the commands of a step", () => {
  const site = (tools: FoundTools, platform: Platform = "posix"): Site => ({
    root: platform === "windows" ? "C:\\my api" : "/home/me/my api",
    platform,
    tools,
  });

  async function installLines(
    tools: FoundTools,
    flags: AnswerRecord = {},
  ): Promise<readonly string[]> {
    const { answers } = await projectOf(flags);
    return stack.install(answers, site(tools)).map(({ shown }) => shown);
  }

  const HASHED = "--require-hashes -r requirements.txt -r requirements-dev.txt";

  it("install with uv where it is", async () => {
    expect(await installLines({ python: PYTHON, uv: UV })).toEqual([
      "uv venv --allow-existing --python /usr/bin/python3 .venv",
      `uv pip install --python .venv/bin/python ${HASHED}`,
    ]);
  });

  it("install with a pinned uv in the project's environment where it is not", async () => {
    expect(await installLines({ python: PYTHON })).toEqual([
      "/usr/bin/python3 -m venv .venv",
      ".venv/bin/python -m pip --disable-pip-version-check install --require-hashes -r requirements-installer.txt",
      `.venv/bin/uv pip install --python .venv/bin/python ${HASHED}`,
    ]);
  });

  it("install with pip alone for who wants that", async () => {
    expect(await installLines({ python: PYTHON, uv: UV }, { installer: "pip" })).toEqual([
      "/usr/bin/python3 -m venv .venv",
      `.venv/bin/python -m pip --disable-pip-version-check install ${HASHED}`,
    ]);
  });

  it("run the project's own programs by their whole path, spaces and all", () => {
    expect(stack.migrate(site({})).map(({ argv }) => argv)).toEqual([
      ["/home/me/my api/.venv/bin/python", "-m", "alembic", "upgrade", "head"],
    ]);
    expect(stack.migrate(site({}, "windows"))).toMatchObject([
      { argv: ["C:\\my api\\.venv\\Scripts\\python.exe", "-m", "alembic", "upgrade", "head"] },
    ]);
  });

  it("give the password by stdin, never as an argument", () => {
    const admin = { email: "a@b.io", password: "correct-horse" };
    const [command] = stack.createAdmin(admin, site({}));
    expect(command?.input).toBe("correct-horse\n");
    expect(JSON.stringify([command?.argv, command?.shown])).not.toContain("correct-horse");
  });

  it("do not hear of the caller's settings: another DATABASE_URL is another's database", () => {
    const [migrate] = stack.migrate(site({}));
    const { env } = stack.server(site({}), { port: 8000, reload: false });
    for (const settings of [migrate?.env, env]) {
      expect(settings).toHaveProperty("DATABASE_URL", undefined);
      expect(settings).toHaveProperty("SECRET_KEY", undefined);
      expect(settings).toHaveProperty("ENVIRONMENT", undefined);
    }
  });

  it("serve on this machine's own address only", () => {
    const server = stack.server(site({}), { port: 8123, reload: true });
    expect(server.argv.join(" ")).toContain("--reload --host 127.0.0.1 --port 8123");
    expect(server.url).toBe("http://127.0.0.1:8123");
    expect(server.shown).toBe(
      ".venv/bin/uvicorn app.main:app --no-proxy-headers --no-server-header --reload",
    );
  });
});

describe("whom security.txt names", () => {
  it.each([
    ["admin@example.com", "mailto:admin@example.com"],
    ["o'neil+x@example.com", "mailto:o'neil+x@example.com"],
    ["a?b#c&d%e@example.com", "mailto:a%3Fb%23c%26d%25e@example.com"],
  ])("%s", async (adminEmail, contact) => {
    const project = await projectOf({ adminEmail });
    expect(stack.view(project)).toMatchObject({ admin: { contact } });
  });
});

describe("the development database", () => {
  it.each([
    [{}, undefined, "sqlite:///./var/app.db"],
    [
      { database: "postgres" },
      { host: "localhost", port: 5432 },
      "postgresql://localhost:5432/my_api",
    ],
    [
      { databaseUrl: "postgresql://u:p@db:6543/x" },
      { host: "db", port: 6543 },
      "postgresql://u:p@db:6543/x",
    ],
    [{ databaseUrl: "postgresql://[::1]/x" }, { host: "::1", port: 5432 }, "postgresql://[::1]/x"],
  ])("%j", async (flags, endpoint, url) => {
    const project = await projectOf(flags);
    expect(stack.databaseEndpoint(project)).toEqual(endpoint);
    expect(stack.view(project)).toMatchObject({ database: { url } });
  });
});
