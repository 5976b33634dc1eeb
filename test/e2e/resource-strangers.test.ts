import { describe, expect, test } from "vitest";
import { cli } from "./harness.js";
import { project, tree } from "./projects.js";

/** What somebody types who has not read a word: after `generate resource`. */
const STRANGE: readonly (readonly string[])[] = [
  ["Inv$(id)", "a:int"],
  ["Inv;ls", "a:int"],
  ["`id`", "a:int"],
  ["Facturé", "a:int"],
  ["发票", "a:int"],
  ["", "a:int"],
  [" ", "a:int"],
  ["-x", "a:int"],
  ["../../etc/passwd", "a:int"],
  ["A".repeat(10_000), "a:int"],
  ["Invoice", `${"a".repeat(10_000)}:int`],
  ["Invoice", ...Array.from({ length: 5000 }, (_, number) => `f${number}:int`)],
  ["Invoice", ""],
  ["Invoice", "Full Name"],
  ["Invoice", "name:"],
  ["Invoice", ":string"],
  ["Invoice", "a:decimal(0,0)"],
  ["Invoice", "a:decimal(40,39)"],
  ["Invoice", "a:decimal(2,3)"],
  ["Invoice", "a:string(0)"],
  ["Invoice", "a:string(99999999)"],
  ["Invoice", "x:enum()"],
  ["Invoice", "x:enum(a,a)"],
  ["Invoice", "n:int=99999999999"],
  ["Invoice", "n:decimal(4,2)=123.456"],
  ["Invoice", "d:date=2026-02-30"],
  ["Invoice", "fooBar:int", "foo_bar:int"],
  ["Invoice", "foo_bar:int", "foo_bar:string"],
  ["Invoice", "id:int", "owner:string", "created_at:datetime"],
  ["Invoice", "a:string:unique:unique-global"],
  ["Invoice", "a:ref(Nobody)"],
  ["Invoice", "a\u001B[31m:int"],
  ["Invoice", "a:int", "--plural", ""],
  ["Invoice", "a:int", "--plural"],
  ["Invoice", "a:int", "--bogus"],
  ["Invoice", "a:int", "--children"],
  ["Invoices", "a:int"],
  ["Sheep", "a:int"],
  ["User", "a:int"],
  ["Class", "a:int"],
];

describe("a stranger", () => {
  test(
    "is told what is wrong and what to do, and nothing is written",
    { timeout: 240_000 },
    async () => {
      const cwd = await project();
      const before = await tree(cwd);
      for (const words of STRANGE) {
        const { exitCode, stdout, stderr } = await cli(["g", "resource", ...words], { cwd });
        const what = words.join(" ").slice(0, 60);
        expect([what, exitCode, stdout]).toEqual([what, 2, ""]);
        const lines = stderr.trimEnd().split("\n");
        expect(lines[0], what).toMatch(/^error: /);
        expect(lines.length, stderr).toBeGreaterThanOrEqual(2);
        expect(lines.length, stderr).toBeLessThanOrEqual(6);
        // Nothing that was typed reaches the terminal as a command to it.
        expect(stderr).not.toMatch(/\p{Cc}(?<!\n)/u);
      }
      expect(await tree(cwd)).toEqual(before);
    },
  );
});
