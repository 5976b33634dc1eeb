import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { options } from "../../src/stacks/registry.js";
import { listing, workspace } from "./harness.js";
import { KEY, onTerminal, type Exchange } from "./terminal.js";

const DIRECTORY = "Where should the project go?";
const DATABASE = "Which database";
const FEATURES = "Which optional parts?";
const ADMIN = "E-mail address of the first administrator?";

/** Write the files and nothing more: here the questions matter. */
const FILES_ONLY = ["--no-install", "--no-git"];

async function record(project: string): Promise<unknown> {
  return JSON.parse(await readFile(join(project, ".secure-api.json"), "utf8"));
}

describe("the questions", () => {
  test("are few, and each has its default filled in", async () => {
    const cwd = await workspace();
    const steps: Exchange[] = [
      [DIRECTORY, KEY.enter],
      [DATABASE, KEY.enter],
      [FEATURES, KEY.enter],
      [ADMIN, KEY.enter],
    ];
    const { exitCode } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(0);
    expect(await listing(cwd)).toEqual(["my-api"]);
    expect(await record(join(cwd, "my-api"))).toMatchObject({
      answers: { database: "sqlite", adminEmail: "admin@example.com" },
    });
  });

  test("take and drop optional parts in a checklist", async () => {
    const cwd = await workspace();
    const steps: Exchange[] = [
      [DIRECTORY, KEY.enter],
      [DATABASE, KEY.enter],
      // All of them, then all but the first.
      [FEATURES, "a"],
      ["◉", `${KEY.space}${KEY.enter}`],
      [ADMIN, KEY.enter],
    ];
    const { exitCode } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(0);
    expect(await record(join(cwd, "my-api"))).toMatchObject({
      answers: { features: options.features.choices.slice(1) },
    });
  });

  test("say at once that a folder is taken, not after the last question", async () => {
    const cwd = await workspace();
    await mkdir(join(cwd, "taken"));
    await writeFile(join(cwd, "taken", "mine.txt"), "kept");
    const steps: Exchange[] = [
      [DIRECTORY, `taken${KEY.enter}`],
      ["mine.txt", `${KEY.clearLine}my-api${KEY.enter}`],
      [DATABASE, KEY.enter],
      [FEATURES, KEY.enter],
      [ADMIN, KEY.enter],
    ];
    const { exitCode } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(0);
    expect(await listing(cwd)).toEqual(["my-api", "taken"]);
  });

  test("take the answers that are typed", async () => {
    const cwd = await workspace();
    const steps: Exchange[] = [
      [DIRECTORY, `Billing API${KEY.enter}`],
      [DATABASE, KEY.enter],
      [FEATURES, KEY.enter],
      [ADMIN, `root@example.org${KEY.enter}`],
    ];
    const { exitCode } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(0);
    expect(await listing(cwd)).toEqual(["Billing API"]);
    expect(await record(join(cwd, "Billing API"))).toMatchObject({
      answers: { adminEmail: "root@example.org" },
    });
  });

  test("say what is wrong with an answer and ask again", async () => {
    const cwd = await workspace();
    const steps: Exchange[] = [
      [DIRECTORY, `class${KEY.enter}`],
      ['"class"', `${KEY.clearLine}my-api${KEY.enter}`],
      [DATABASE, KEY.enter],
      [FEATURES, KEY.enter],
      [ADMIN, `nobody${KEY.enter}`],
      ['"nobody"', `${KEY.clearLine}me@example.org${KEY.enter}`],
    ];
    const { exitCode } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(0);
    expect(await listing(cwd)).toEqual(["my-api"]);
  });

  test("are not asked again when a flag answered them", async () => {
    const cwd = await workspace();
    const flags = [
      "my-api",
      "--database",
      "sqlite",
      "--features",
      "none",
      "--admin-email",
      "a@example.org",
    ];
    const { exitCode, output } = await onTerminal([...flags, ...FILES_ONLY], [], { cwd });
    expect(exitCode).toBe(0);
    for (const question of [DIRECTORY, DATABASE, FEATURES, ADMIN])
      expect(output).not.toContain(question);
  });

  test("are not asked with --yes", async () => {
    const cwd = await workspace();
    const { exitCode, output } = await onTerminal(["my-api", "--yes", ...FILES_ONLY], [], { cwd });
    expect(exitCode).toBe(0);
    expect(output).not.toContain(DATABASE);
  });
});

describe.each(["interrupt", "endOfInput"] as const)("The key %s", (key) => {
  const before: readonly Exchange[] = [
    [DIRECTORY, KEY.enter],
    [DATABASE, KEY.enter],
    [FEATURES, KEY.enter],
    [ADMIN, KEY.enter],
  ];

  test.each([0, 1, 2, 3])("at question %i ends the run with nothing written", async (index) => {
    const cwd = await workspace();
    const [question = ""] = before[index] ?? [];
    const steps: Exchange[] = [...before.slice(0, index), [question, KEY[key]]];
    const { exitCode, output } = await onTerminal(FILES_ONLY, steps, { cwd });
    expect(exitCode).toBe(130);
    expect(output).not.toMatch(/^\s+at /m);
    expect(await listing(cwd)).toEqual([]);
  });
});
