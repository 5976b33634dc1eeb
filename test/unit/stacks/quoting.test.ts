import { describe, expect, it } from "vitest";

import { quoting } from "../../../src/stacks/fastapi/quoting.js";

const HOSTILE = `it's "a" \\ $HOME \${X} # {{x}} \`id\` <b> | \n\u0000\u2028 é`;

describe("a value in quotes", () => {
  it.each([quoting.toml, quoting.yaml])(
    "stays one string on one line, and the same text (%#)",
    (quote) => {
      const quoted = quote(HOSTILE);
      expect(quoted).not.toContain("\n");
      expect(JSON.parse(quoted)).toBe(HOSTILE);
    },
  );

  it.each([
    ["plain", '"plain"'],
    ["it's", `"it's"`],
    ['"q"', `'"q"'`],
    [String.raw`"q"\ `.trim(), String.raw`'"q"\\'`],
    [`"it's`, String.raw`"\"it's"`],
    ["a\nb", String.raw`"a\u000ab"`],
  ])("in Python, as black would have it: %j -> %s", (value, expected) => {
    expect(quoting.py(value)).toBe(expected);
  });

  it.each([
    ["sqlite:///./var/app.db", "sqlite:///./var/app.db"],
    ["postgresql://u:p@h/d?x=1", "postgresql://u:p@h/d?x=1"],
    ["a#b", "'a#b'"],
    ["it's", String.raw`'it\'s'`],
    ["a\nSECRET_KEY=x", "'aSECRET_KEY=x'"],
  ])("in .env: %j -> %s", (value, expected) => {
    expect(quoting.env(value)).toBe(expected);
  });

  it("is no markup in prose", () => {
    expect(quoting.md("a_b *c* <d> `e` [f](g)\nh")).toBe(
      String.raw`a\_b \*c\* \<d\> \`e\` \[f\](g) h`,
    );
  });
});
