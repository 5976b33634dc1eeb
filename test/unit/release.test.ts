import { describe, expect, it } from "vitest";

import { closeUnreleased, entryOf } from "../../scripts/changelog.js";

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-11-24

- The first.
`;

describe("what a release asks of the changelog", () => {
  it("puts version and date over what was unreleased", () => {
    const closed = closeUnreleased(CHANGELOG, { version: "0.2.0", date: "2026-12-01" });
    expect(entryOf(closed, "Unreleased")).toBe("");
    expect(entryOf(closed, "0.2.0")).toBe("### Added\n\n- A thing.");
    expect(entryOf(closed, "0.1.0")).toBe("- The first.");
  });

  it("refuses a release of nothing", () => {
    const empty = closeUnreleased(CHANGELOG, { version: "0.2.0", date: "2026-12-01" });
    expect(() => closeUnreleased(empty, { version: "0.3.0", date: "2026-12-02" })).toThrow(
      "nothing unreleased",
    );
  });

  it("finds no entry for a version that is missing or has no date", () => {
    expect(entryOf(CHANGELOG, "0.2.0")).toBe("");
    expect(entryOf(CHANGELOG.replace(" - 2026-11-24", " - soon"), "0.1.0")).toBe("");
  });
});
