import { expect, test } from "vitest";
import { options } from "../../src/stacks/registry.js";
import { combinations } from "../unit/support.js";
import { treeOf } from "./plan.js";
import { lint } from "./ruff.js";

test.each(combinations(options))("a project with %j passes its own linter", async (answers) => {
  expect(lint(await treeOf(answers))).toEqual([]);
});

test.each(combinations(options))("with %j only its owner reads the secrets", async (answers) => {
  const tree = await treeOf(answers);
  expect(tree.get(".env")?.mode).toBe(0o600);
  expect(tree.get(".gitignore")?.text.split("\n")).toContain(".env");
});
