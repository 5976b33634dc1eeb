import { describe, expect, it } from "vitest";

import { claimById } from "../../../src/contract/catalogue/index.js";
import { edgeChecks } from "../../../src/contract/checks/edge.js";

describe("the checks of what can be tried from outside", () => {
  it("are one for each claim, and each claim is in the catalogue", () => {
    const ids = edgeChecks.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(60);
    expect(ids.filter((id) => !claimById.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(edgeChecks)("$id says in a sentence where to look", ({ fix }) => {
    expect(fix).toMatch(/^[A-Z].*\.$/u);
  });
});
