import { beforeAll, describe, expect, test } from "vitest";
import type { Tree } from "../../src/plan/plan.js";
import { BLOCK_HELPERS } from "../../src/plan/render.js";
import { stack } from "../../src/stacks/registry.js";
import { combinations, planOf, renderedPaths, SECRETS, title } from "./plan.js";
import { lint } from "./ruff.js";

/** The one file that holds secrets. */
const SECRET_FILE = ".env";
/** Values that a careless template would leave for the user to replace, or not to. */
const PLACEHOLDER =
  /[=:"'] *(?:change[-_ ]?(?:me|this|it)|your[-_ ]?(?:secret|password|key)|s3cr3t)["']?$/im;
/** The values that a template may name. */
const VIEW = ["name", "database", "admin", "has", "secrets", "generator"];
/** The start of a tag of ours: other languages write two braces too. */
const HOLE = new RegExp(
  String.raw`(?<!\$)\{\{[#/^~&{]*\s*(?:else|this|${[...BLOCK_HELPERS, ...Object.keys(stack.quoting), ...VIEW].join("|")})\b`,
);
/** What JavaScript writes where a value was missing. */
const MISSING = /\bundefined\b|\[object /;

describe.each(combinations().map((answers) => ({ answers, name: title(answers) })))(
  "a project with $name",
  ({ answers }) => {
    let tree: Tree;
    let rendered: ReadonlySet<string>;

    beforeAll(async () => {
      tree = await planOf(answers);
      rendered = await renderedPaths();
    });

    function offenders(isWrong: (text: string, path: string) => boolean): readonly string[] {
      return [...tree].filter(([path, { text }]) => isWrong(text, path)).map(([path]) => path);
    }

    test("ends every file with one newline and uses no carriage return", () => {
      const isWrong = (text: string): boolean =>
        text !== "" && (!text.endsWith("\n") || text.endsWith("\n\n") || text.includes("\r"));
      expect(offenders(isWrong)).toEqual([]);
    });

    test("leaves no hole of a template open, and fills none with nothing", () => {
      expect(offenders((text) => HOLE.test(text))).toEqual([]);
      const isWrong = (text: string, path: string): boolean =>
        rendered.has(path) && MISSING.test(text);
      expect(offenders(isWrong)).toEqual([]);
    });

    test("holds no placeholder for a secret", () => {
      const isWrong = (text: string, path: string): boolean =>
        !path.startsWith("tests/") && !path.includes("/data/") && PLACEHOLDER.test(text);
      expect(offenders(isWrong)).toEqual([]);
    });

    test("holds its secrets in one file that only its owner can read", () => {
      const holds = (text: string): boolean =>
        Object.values(SECRETS).some((secret) => text.includes(secret));
      expect(offenders(holds)).toEqual([SECRET_FILE]);
      expect(tree.get(SECRET_FILE)?.mode).toBe(0o600);
      expect(tree.get(".gitignore")?.text.split("\n")).toContain(SECRET_FILE);
    });

    test("passes its own linter", () => {
      expect(lint(tree)).toEqual([]);
    });
  },
);
