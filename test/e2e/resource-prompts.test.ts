import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { project, tree } from "./projects.js";
import { KEY, onTerminal, type Conversation, type Exchange } from "./terminal.js";

const NAME = "Which resource";
const field = (number: number): string => `Field ${number}:`;
const TYPE = "Type";
const LENGTH = "At most how many characters?";
const MORE = "More about it";
const DEFAULT = "Default (empty for none)";
const SURE = "Generate it?";

/** From the name to the last question, with the answers of somebody who makes mistakes. */
const WHOLE: readonly Exchange[] = [
  [NAME, `Session${KEY.enter}`],
  ["part of every generated project", `${KEY.clearLine}Invoice${KEY.enter}`],
  [field(1), KEY.enter],
  ["needs one field at least", ""],
  [field(1), `number:string(20):unique${KEY.enter}`],
  [field(2), `class${KEY.enter}`],
  ["a Python keyword", `${KEY.clearLine}number${KEY.enter}`],
  ["given twice", `${KEY.clearLine}due${KEY.enter}`],
  [TYPE, KEY.enter],
  [LENGTH, `0${KEY.enter}`],
  ["a number from 1 to", `${KEY.clearLine}30${KEY.enter}`],
  [MORE, `${KEY.space}${KEY.enter}`],
  [DEFAULT, `soon${KEY.enter}`],
  [field(3), KEY.enter],
  ["/api/v1/invoices", ""],
  [SURE, KEY.enter],
];

function ask(cwd: string, steps: readonly Exchange[], ...args: string[]): Promise<Conversation> {
  return onTerminal(["generate", "resource", ...args, "--no-migrate"], steps, { cwd });
}

describe("a resource is asked for where it is not given", () => {
  test("field by field, mistakes are told at once, and what comes is shown before", async () => {
    const root = await project();
    const { exitCode, output } = await ask(root, WHOLE);
    expect(exitCode, output).toBe(0);
    const record: unknown = JSON.parse(await readFile(join(root, ".secure-api.json"), "utf8"));
    expect(record).toMatchObject({
      resources: [
        { name: "Invoice", fields: ["number:string(20):unique", "due:string(30)?=soon"] },
      ],
    });
    expect(await readFile(join(root, "app/models/invoice.py"), "utf8")).toContain("class Invoice(");
  });

  test("a mistake is told while it is typed", async () => {
    const root = await project();
    const steps: Exchange[] = [
      [field(1), "total:mony"],
      ["is no type", KEY.interrupt],
    ];
    expect(await ask(root, steps, "Invoice")).toMatchObject({ exitCode: 130 });
  });

  test("not for a name that cannot be, nor with --yes", async () => {
    const root = await project();
    const refused = await ask(root, [], "Session");
    expect(refused.exitCode).toBe(2);
    expect(refused.output).toContain("part of every generated project");
    expect(refused.output).not.toContain(field(1));
    const silent = await ask(root, [], "Invoice", "--yes");
    expect(silent.exitCode).toBe(2);
    expect(silent.output).toContain("The fields are missing");
  });
});

describe("nothing is written", () => {
  const questions = WHOLE.flatMap(([says, typed], index) =>
    typed === "" ? [] : [{ says, index }],
  );

  test("after Ctrl-C, at any question", async () => {
    const root = await project();
    const before = await tree(root);
    for (const { says, index } of questions) {
      const steps: Exchange[] = [...WHOLE.slice(0, index), [says, KEY.interrupt]];
      const { exitCode, output } = await ask(root, steps);
      expect([says, exitCode]).toEqual([says, 130]);
      expect(output).not.toMatch(/^\s+at /m);
    }
    expect(await tree(root)).toEqual(before);
  });

  test("after a no", async () => {
    const root = await project();
    const before = await tree(root);
    const steps: Exchange[] = [...WHOLE.slice(0, -1), [SURE, `n${KEY.enter}`]];
    expect(await ask(root, steps)).toMatchObject({ exitCode: 130 });
    expect(await tree(root)).toEqual(before);
  });
});
