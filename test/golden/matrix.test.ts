import { expect, test } from "vitest";
import { options } from "../../src/stacks/registry.js";
import type { AnswerRecord } from "../../src/answers/options.js";
import type { Tree } from "../../src/plan/plan.js";
import { combinations } from "../unit/support.js";
import { treeOf } from "./plan.js";
import { lint } from "./ruff.js";

const all = combinations(options);
const trees = new Map<AnswerRecord, Tree>();

/** Rendered once for both tests. */
async function rendered(answers: AnswerRecord): Promise<Tree> {
  const tree = trees.get(answers) ?? (await treeOf(answers));
  trees.set(answers, tree);
  return tree;
}

test.each(all)("a project with %j passes its own linter", async (answers) => {
  expect(lint(await rendered(answers))).toEqual([]);
});

test.each(all)("with %j only its owner reads the secrets", async (answers) => {
  const tree = await rendered(answers);
  expect(tree.get(".env")?.mode).toBe(0o600);
  expect(tree.get(".gitignore")?.text.split("\n")).toContain(".env");
});
