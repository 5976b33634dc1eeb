import { describe, expect, it } from "vitest";

import { unifiedDiff } from "../../../src/plan/diff.js";
import { changesOf, diffOf } from "../../../src/plan/edits.js";

describe("an edit in a word", () => {
  it("create, update, delete or keep, by path", () => {
    const edits = [
      { path: "d", before: "1\n", after: "1\n" },
      { path: "c", before: "1\n", after: undefined },
      { path: "b", before: "1\n", after: "2\n" },
      { path: "a", before: undefined, after: "2\n" },
    ];
    expect(changesOf(edits)).toEqual([
      { path: "a", action: "create" },
      { path: "b", action: "update" },
      { path: "c", action: "delete" },
      { path: "d", action: "keep" },
    ]);
    expect(diffOf(edits)).toContain("--- a/c\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n");
    expect(diffOf(edits)).not.toContain("b/d");
  });
});

const TEN = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);

describe("a unified diff", () => {
  it.each([
    ["of a new file", undefined, "a\nb\n", "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n"],
    [
      "of a change",
      "a\nb\nc\n",
      "a\nx\nc\n",
      "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n",
    ],
    ["of a line more", "a\nb\n", "a\nc\nb\n", "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n+c\n b\n"],
    ["of nothing", "a\n", "a\n", ""],
  ])("%s", (_, ...[before, after, diff]) => {
    expect(unifiedDiff("x", before, after)).toBe(diff);
  });

  it("has a hunk for each place", () => {
    const after = TEN.with(1, "new\n").toSpliced(17, 1).join("");
    expect(unifiedDiff("x", TEN.join(""), after)).toBe(
      [
        "--- a/x\n+++ b/x\n@@ -1,5 +1,5 @@\n line 0\n-line 1\n+new\n line 2\n line 3\n line 4\n",
        "@@ -15,6 +15,5 @@\n line 14\n line 15\n line 16\n-line 17\n line 18\n line 19\n",
      ].join(""),
    );
  });

  it("finds what both sides have in common", () => {
    const diff = unifiedDiff("x", "a\nb\nc\nd\n", "b\nx\nd\na\n");
    expect(diff).toContain("-a\n b\n-c\n+x\n d\n+a\n");
  });
});
