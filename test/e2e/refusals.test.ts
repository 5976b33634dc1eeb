import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/machines.js";
import { cli, listing, machine, workspace, type Outcome } from "./harness.js";

/** One sentence with the next step: no stack, no success, nothing on standard output. */
function expectSentence({ stderr, stdout }: Outcome): void {
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error: \S.*\.\n\S/m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/node:internal|undefined|\[object/);
}

/** Run without installing, expect this exit code, and find the folder as it was. */
async function refuses(exitCode: number, args: readonly string[], cwd: string): Promise<Outcome> {
  const before = await listing(cwd);
  const outcome = await cli([...args, "--no-install"], { cwd });
  expect(outcome).toMatchObject({ exitCode });
  expectSentence(outcome);
  expect(await listing(cwd)).toEqual(before);
  return outcome;
}

describe("a target that cannot be used is refused and left as it was", () => {
  test("a folder that holds something", async () => {
    const cwd = await workspace();
    await mkdir(join(cwd, "my-api"));
    await writeFile(join(cwd, "my-api", "notes.txt"), "mine");
    const { stderr } = await refuses(3, ["my-api", "--yes"], cwd);
    expect(stderr).toContain("my-api");
    expect(await listing(join(cwd, "my-api"))).toEqual(["notes.txt"]);
    expect(await readFile(join(cwd, "my-api", "notes.txt"), "utf8")).toBe("mine");
  });

  test("a file", async () => {
    const cwd = await workspace();
    await writeFile(join(cwd, "my-api"), "mine");
    await refuses(3, ["my-api", "--yes"], cwd);
    expect(await readFile(join(cwd, "my-api"), "utf8")).toBe("mine");
  });

  test("a folder below a file", async () => {
    const cwd = await workspace();
    await writeFile(join(cwd, "parent"), "mine");
    const { stderr } = await refuses(3, ["parent/my-api", "--yes"], cwd);
    expect(stderr).toContain("parent");
  });

  test("a link, whatever it leads to", async () => {
    const cwd = await workspace();
    await mkdir(join(cwd, "elsewhere"));
    await symlink("elsewhere", join(cwd, "my-api"));
    await refuses(3, ["my-api", "--yes"], cwd);
    expect(await listing(join(cwd, "elsewhere"))).toEqual([]);
  });

  test("a link that leads nowhere", async () => {
    const cwd = await workspace();
    await symlink("nowhere", join(cwd, "my-api"));
    await refuses(3, ["my-api", "--yes"], cwd);
  });

  test.runIf(process.platform === "linux")("a place where nobody may write", async () => {
    const cwd = await workspace();
    const { stderr } = await refuses(3, ["/proc/my-api", "--yes"], cwd);
    expect(stderr).toContain("/proc");
  });
});

describe("a wrong command line is refused before anything happens", () => {
  test.each([
    { what: "an unknown flag", args: ["my-api", "--yes", "--frobnicate"], names: "--frobnicate" },
    { what: "an unknown choice", args: ["my-api", "--database", "mongodb"], names: "mongodb" },
    { what: "an unknown feature", args: ["my-api", "--features", "quantum"], names: "quantum" },
    { what: "two directories", args: ["my-api", "other-api"], names: "" },
    {
      what: "an address that is none",
      args: ["my-api", "--admin-email", "nobody"],
      names: "nobody",
    },
    { what: "a flag without its value", args: ["my-api", "--database"], names: "--database" },
    { what: "a missing configuration", args: ["my-api", "--config", "no.json"], names: "no.json" },
    {
      what: "a database URL that is none",
      args: ["my-api", "--database", "postgres", "--database-url", "nonsense"],
      names: "",
    },
    {
      what: "a database URL for a database that was not chosen",
      args: ["my-api", "--database", "sqlite", "--database-url", "postgresql://localhost/db"],
      names: "--database",
    },
  ])("$what", async ({ args, names }) => {
    const { stderr } = await refuses(2, args, await workspace());
    expect(stderr).toContain(names);
  });

  test("a configuration that is not JSON, or holds what nobody asked for", async () => {
    const cwd = await workspace();
    await writeFile(join(cwd, "broken.json"), "{ no");
    await writeFile(join(cwd, "unknown.json"), '{ "colour": "red" }');
    await refuses(2, ["my-api", "--config", "broken.json"], cwd);
    const { stderr } = await refuses(2, ["my-api", "--config", "unknown.json"], cwd);
    expect(stderr).toContain("colour");
  });

  test("no directory, where nobody can be asked: the flag is named and nothing hangs", async () => {
    const { stderr } = await refuses(2, [], await workspace());
    expect(stderr).toContain("directory");
  });

  test.each([
    "class",
    "json",
    "fastapi",
    "1api",
    "my;rm -rf .",
    "$(touch pwned)",
    "`touch pwned`",
    'my"api',
    "my'api",
    "my\napi",
    "{{name}}",
    "мой-апи",
    "a".repeat(65),
    "app",
  ])("the name %j", async (name) => {
    await refuses(2, [`--name=${name}`, "my-api", "--yes"], await workspace());
    if (!name.includes("\n")) await refuses(2, [name, "--yes"], await workspace());
  });
});

describe("a machine that cannot do it is told what to install", () => {
  async function refusedOn(
    programs: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<string> {
    const cwd = await workspace();
    const env = { PATH: await machine(cwd, programs) };
    const outcome = await cli(["my-api", "--yes", ...args], { cwd, env });
    expect(outcome.exitCode).toBe(3);
    expectSentence(outcome);
    expect(await listing(cwd)).toEqual([".machine"]);
    return outcome.stderr;
  }

  test("without Python", async () => {
    expect(await refusedOn({})).toMatch(/Python 3\.11.*\n.*python3/);
  });

  test("with an old Python only", async () => {
    expect(await refusedOn({ python3: python({ version: "3.9.2" }) })).toContain("3.9.2");
  });

  test("with a Debian Python without ensurepip", async () => {
    const stderr = await refusedOn({ python3: python({ ensurepip: false }) });
    expect(stderr).toContain("apt install python3.12-venv");
  });

  test("without uv, when uv was asked for", async () => {
    expect(await refusedOn({ python3: python() }, ["--installer", "uv"])).toContain("uv");
  });

  test("without the database that was named", async () => {
    const url = "postgresql://user:s3cret@127.0.0.1:9/db";
    const database = ["--database", "postgres", "--database-url", url];
    const stderr = await refusedOn({ python3: python() }, database);
    expect(stderr).toContain("127.0.0.1:9");
    expect(stderr).not.toContain("s3cret");
  });

  test("and a dry run says the same", async () => {
    expect(await refusedOn({}, ["--dry-run"])).toContain("Python 3.11");
  });
});
