import { describe, expect, test } from "vitest";

import { parseConfig } from "../../src/answers/parse.js";
import { catalogue } from "../../src/contract/catalogue/index.js";
import { checks } from "../../src/contract/checks/all.js";
import { options } from "../../src/stacks/registry.js";
import { MUTANTS } from "../fixtures/mutants/all.js";
import { treeOf } from "./plan.js";

const features = options.features.choices;
const tree = await treeOf(
  parseConfig(options, { name: "everything", features }, "everything.json"),
);

describe("the mutants of a project with everything", () => {
  test.each(MUTANTS)("$file without $from is another program", ({ file, from, to }) => {
    expect(tree.get(file)?.text.split(from)).toHaveLength(2);
    expect(from).not.toBe(to);
  });

  test("are each seen by a check that exists", () => {
    const ids = new Set(checks.map(({ id }) => id));
    const wanted = MUTANTS.flatMap(({ seenBy }) => seenBy);
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  test("name tests that exist", () => {
    const named = MUTANTS.flatMap(({ tests = [] }) => tests);
    const missing = named.filter((test) => {
      const [file = "", name = ""] = test.split("::");
      return !tree.get(file)?.text.includes(`def ${name}`);
    });
    expect(missing).toEqual([]);
  });

  test("leave no section of the contract out", () => {
    const seen = new Set(MUTANTS.flatMap(({ seenBy }) => seenBy));
    const blank = catalogue.filter(({ claims }) => !claims.some(({ id }) => seen.has(id)));
    expect(blank.map(({ name }) => name)).toEqual([]);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(100);
  });
});
