import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { anyNumber, containing, containingAll, temporaryFolder } from "../support.js";
import { runIn } from "./harness.js";

const FILES_ONLY = ["--no-install", "--no-git"];

describe("create", () => {
  it("writes the project and says what is left to do", async () => {
    const cwd = await temporaryFolder();

    const { stdout } = await runIn(cwd, ["my-api", ...FILES_ONLY]);

    expect(await readdir(path.join(cwd, "my-api"))).toContain(".secure-api.json");
    expect(stdout).toContain("9 files are written");
    expect(stdout).toContain("1. cd my-api");
    expect(stdout).toContain("npx create-secure-api my-api --no-install --no-git --yes");
    expect(stdout).not.toMatch(/ready|password/iu);
  });

  it("does the same when it is called by its name", async () => {
    const cwd = await temporaryFolder();
    await runIn(cwd, ["create", "my-api", ...FILES_ONLY]);
    expect(await readdir(cwd)).toEqual(["my-api"]);
  });

  it("answers with one object for programs", async () => {
    const cwd = await temporaryFolder();

    const { stdout } = await runIn(cwd, ["my-api", "--json", ...FILES_ONLY]);

    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      directory: path.join(cwd, "my-api"),
      name: "my-api",
      features: ["uploads", "email"],
      files: 9,
      steps: ["write", "git", "install", "migrate", "admin", "prove"].map((name) => ({
        name,
        status: name === "write" ? "done" : "skipped",
        seconds: anyNumber(),
      })),
      admin: null,
      command: "npx create-secure-api my-api --no-install --no-git --yes",
      next: containingAll(["cd my-api"]),
    });
  });

  it("makes other secrets each time and puts them in .env alone", async () => {
    const cwd = await temporaryFolder();
    for (const name of ["one", "two"]) await runIn(cwd, [name, "--name", "My API", ...FILES_ONLY]);

    const read = (...parts: string[]): Promise<string> =>
      readFile(path.join(cwd, ...parts), "utf8");
    const [one, two] = [await read("one", ".env"), await read("two", ".env")];
    expect(one).toMatch(/^SECRET_KEY=[\w-]{64}$/mu);
    expect(one).not.toBe(two);
    expect(await read("one", ".secure-api.json")).toBe(await read("two", ".secure-api.json"));
  });

  it("takes answers from a file, over which flags win", async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      path.join(cwd, "a.json"),
      '{"directory": "x", "docker": false, "install": false}',
    );

    const { stdout } = await runIn(cwd, ["--config", "a.json", "--docker", "--no-git"]);

    expect(stdout).toContain("npx create-secure-api x --no-install --no-git --yes");
    expect(await readdir(path.join(cwd, "x"))).toContain("Dockerfile");
  });
});

describe("create --dry-run", () => {
  it("lists what would be written and writes nothing", async () => {
    const cwd = await temporaryFolder();

    const { stdout } = await runIn(cwd, ["my-api", "--dry-run", ...FILES_ONLY]);

    expect(stdout).toContain("  create  .env\n");
    expect(stdout).toContain("Nothing was written.");
    expect(await readdir(cwd)).toEqual([]);
  });

  it("answers with the same changes for programs", async () => {
    const cwd = await temporaryFolder();
    const { stdout } = await runIn(cwd, ["my-api", "--dry-run", "--json", ...FILES_ONLY]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      files: 9,
      steps: [],
      changes: containingAll([
        { path: ".env", action: "create" },
        { path: ".secure-api.json", action: "create" },
      ]),
    });
  });

  it("with --diff shows the text of each file but no secret", async () => {
    const { stdout } = await runIn(await temporaryFolder(), ["my-api", "--diff", ...FILES_ONLY]);
    expect(stdout).toContain("+# My API\n");
    expect(stdout).not.toContain("SECRET_KEY=");
  });

  it("refuses what the run itself would refuse", async () => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "taken"), "");
    const dry = runIn(cwd, ["taken", "--dry-run", ...FILES_ONLY]);
    await expect(dry).rejects.toMatchObject({ code: "target.not-a-folder", exitCode: 3 });
  });
});

describe("a wrong command line writes nothing and ends with 2", () => {
  it.each([
    [["my-api", "--databse", "sqlite"], "commander.unknownOption"],
    [["my-api", "other"], "commander.excessArguments"],
    [["my-api", ...FILES_ONLY, "--database"], "commander.optionMissingArgument"],
  ])("%j (%s)", async (words, code) => {
    const cwd = await temporaryFolder();
    await expect(runIn(cwd, words)).rejects.toMatchObject({ code });
    expect(await readdir(cwd)).toEqual([]);
  });

  it.each([
    [[], "directory.missing"],
    [["--yes"], "directory.missing"],
    [["my-api", "--database"], "database.invalid"],
    [["my-api", "--database", "oracle"], "database.invalid"],
    [["my-api", "--features", "sms"], "features.invalid"],
    [["my-api", "--admin-email", "nobody"], "email.invalid"],
    [["my-api", "--database-url", "mysql://h/d"], "database-url.invalid"],
    [["my-api", "--name", "class"], "name.reserved"],
    [["my-api", "--config", "missing.json"], "config.unreadable"],
    [["my-api", "--start"], "options.contradict"],
    [[""], "directory.invalid"],
    [["a\u001b[2Jb"], "directory.invalid"],
    [["doctor"], "command.unknown"],
    [["help"], "command.unknown"],
  ])("%j (%s)", async (words, code) => {
    const cwd = await temporaryFolder();
    const run = runIn(cwd, [...words, ...FILES_ONLY]);
    await expect(run).rejects.toMatchObject({ code, exitCode: 2, hint: containing(" ") });
    expect(await readdir(cwd)).toEqual([]);
  });

  it("everything that is wrong is told at once", async () => {
    const cwd = await temporaryFolder();
    const wrong = ["--database", "oracle", "--features", "sms", "--admin-email", "nobody"];
    await expect(runIn(cwd, ["my-api", ...wrong])).rejects.toMatchObject({
      code: "database.invalid",
      exitCode: 2,
      hint: "For help: create-secure-api --help",
    });
    await expect(runIn(cwd, ["my-api", ...wrong])).rejects.toThrow(
      /^3 things are wrong:\n.*oracle.*\n.*sms.*\n.*nobody/u,
    );
    const config = { database: "oracle", colour: "red", features: "sms" };
    await writeFile(path.join(cwd, "odd.json"), JSON.stringify(config));
    await expect(runIn(cwd, ["my-api", "--config", "odd.json"])).rejects.toThrow(
      /^3 things are wrong:\n.*oracle.*\n.*colour.*\n.*sms/u,
    );
  });

  it("a list that is given twice is one list", async () => {
    const cwd = await temporaryFolder();
    const lists = ["--features", "email", "--features", "uploads,api-keys"];
    const { stdout } = await runIn(cwd, ["my-api", "--json", ...lists, ...FILES_ONLY]);
    expect(JSON.parse(stdout)).toMatchObject({ features: ["uploads", "email", "api-keys"] });
    const both = runIn(cwd, ["other", "--features", "none", "--features", "email", ...FILES_ONLY]);
    await expect(both).rejects.toMatchObject({ code: "features.invalid", exitCode: 2 });
  });

  it.each(["none", ""])("--features %j is no feature, and right", async (features) => {
    const cwd = await temporaryFolder();
    await runIn(cwd, ["my-api", "--features", features, ...FILES_ONLY]);
    expect(await readdir(cwd)).toEqual(["my-api"]);
  });
});
