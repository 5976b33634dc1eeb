import { describe, expect, it } from "vitest";

import { Screen } from "../../scripts/docs/screen.js";
import { svgOf, type Recording } from "../../scripts/docs/svg.js";

function shown(...pieces: readonly string[]): string {
  const screen = new Screen(20);
  for (const piece of pieces) screen.write(piece);
  return screen.text();
}

describe("the terminal that recordings are drawn from", () => {
  it("lets a spinner overwrite its line", () => {
    expect(shown("⠋ Install 0.1 s", "\r\u001b[2K", "✔ Install\r\n")).toBe("✔ Install");
  });

  it("follows a prompt that redraws itself upwards", () => {
    expect(shown("? Which?\r\n> a\r\n  b", "\u001b[2A\u001b[G\u001b[J✔ Which? a")).toBe(
      "✔ Which? a",
    );
  });

  it("wraps a line that is too long", () => {
    expect(shown("12345678901234567890abc")).toBe("12345678901234567890\nabc");
  });

  it("takes a control sequence that arrives in two pieces", () => {
    expect(shown("abc\u001b", "[2K\rxyz")).toBe("xyz");
    expect(shown("abc\u001b[", "2K\rxyz")).toBe("xyz");
  });

  it("ignores titles and modes", () => {
    expect(shown("\u001b]0;a title\u0007\u001b[?25l$ ls")).toBe("$ ls");
  });

  it("refuses what it cannot draw, so that a picture never lies by omission", () => {
    expect(() => shown("\u001b[2J")).toThrow("clears its screen");
    expect(() => shown("\u001b[5S")).toThrow("unknown control");
  });
});

describe("the drawing of a recording", () => {
  const recording: Recording = {
    columns: 20,
    events: [
      [0, "$ ls\r\n"],
      [1, "\u001b[32m<a>\u001b[39m &\r\n"],
    ],
  };
  const drawn = svgOf(recording, "a <title>");

  it("escapes what was printed", () => {
    expect(drawn).toContain("&lt;a&gt;");
    expect(drawn).toContain("a &lt;title&gt;");
  });

  it("shows the last picture where nothing moves", () => {
    expect(drawn.match(/class="last"/gu)).toHaveLength(2);
    expect(drawn).toContain("prefers-reduced-motion");
  });

  it("needs nothing from elsewhere", () => {
    expect(drawn.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
      /http|<script|@import|url\(/u,
    );
  });
});
