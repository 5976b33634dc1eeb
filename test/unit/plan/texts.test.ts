import { describe, expect, it } from "vitest";

import { equivalentCommand } from "../../../src/plan/command.js";
import { diffOfNew } from "../../../src/plan/diff.js";
import { renderer } from "../../../src/plan/render.js";
import { shellLine } from "../../../src/stacks/shell.js";
import { options } from "../../../src/stacks/registry.js";
import { projectOf } from "../support.js";

describe("the command that gives the same answers", () => {
  it.each([
    [{}, "npx create-secure-api my-api --yes"],
    [{ directory: "../my apps/x" }, "npx create-secure-api '../my apps/x' --yes"],
    [
      { database: "postgres", docker: false, ci: "none", start: true, adminEmail: "o'b@c.io" },
      String.raw`npx create-secure-api my-api --database postgres --admin-email 'o'\''b@c.io' --no-docker --ci none --start --yes`,
    ],
    [
      { databaseUrl: "postgresql://app:hunter2@localhost/app" },
      "npx create-secure-api my-api --database postgres --database-url postgresql://app@localhost/app --yes",
    ],
  ])("%j", async (flags, expected) => {
    const { answers } = await projectOf(flags);
    expect(shellLine(equivalentCommand(options, answers), "posix")).toBe(expected);
  });

  it("names no feature as such, and each that was chosen", () => {
    const row = { kind: "list", flag: "features", summary: "", part: "project" } as const;
    const table = { features: { ...row, choices: ["a", "b"], default: ["a"] } };
    const words = (features: string[]): string => equivalentCommand(table, { features }).join(" ");
    expect(words([])).toContain("--features none");
    expect(words(["a", "b"])).toContain("--features a,b");
    expect(words(["a"])).not.toContain("--features");
  });
});

describe("a word of a command line", () => {
  it.each([
    ["plain-word_1.2/x", "plain-word_1.2/x"],
    ["two words", "'two words'"],
    ["$(rm -rf ~)", "'$(rm -rf ~)'"],
    ["it's", String.raw`'it'\''s'`],
    ["", "''"],
    ["~", "'~'"],
  ])("%j is shown as %s", (word, shown) => {
    expect(shellLine([word], "posix")).toBe(shown);
  });

  it("is shown in the quotes of Windows on Windows", () => {
    expect(shellLine(["C:\\My Files\\x", "a%b"], "windows")).toBe('"C:\\My Files\\x" "a%b"');
  });
});

describe("rendering", () => {
  const render = renderer({ shout: (text) => text.toUpperCase() });

  it("puts values in as they are", () => {
    expect(render("{{a.b}} {{shout a.b}}", { a: { b: "<it's> & {{x}}" } })).toBe(
      "<it's> & {{x}} <IT'S> & {{X}}",
    );
  });

  it.each(["{{missing}}", "{{a.missing}}", "{{nothing a.b}}", "{{lookup a 'b'}}", "{{#a}}x{{/b}}"])(
    "%s is an error, not an empty place",
    (template) => {
      expect(() => render(template, { a: { b: "x" } })).toThrow();
    },
  );
});

describe("the diff of a new project", () => {
  it("shows each file whole, and of a secret one that it is there", () => {
    const tree = new Map([
      [".env", { text: "SECRET=x\n", mode: 0o600 }],
      ["a.txt", { text: "one\ntwo\n", mode: 0o644 }],
      ["b/empty", { text: "", mode: 0o644 }],
    ] as const);
    expect(diffOfNew({ tree, secret: new Set([".env"]), changes: [] })).toBe(
      [
        "--- /dev/null",
        "+++ b/.env",
        "(holds generated secrets: not shown)",
        "--- /dev/null",
        "+++ b/a.txt",
        "@@ -0,0 +1,2 @@",
        "+one",
        "+two",
        "--- /dev/null",
        "+++ b/b/empty",
        "",
      ].join("\n"),
    );
  });
});
