import { describe, expect, it } from "vitest";

import { catalogue, claimById } from "../../../src/contract/catalogue/index.js";
import { checks } from "../../../src/contract/checks/all.js";
import { elsewhere } from "../../../src/contract/checks/elsewhere.js";

const claims = catalogue.flatMap((section) => section.claims);
const checked = new Set(checks.map(({ id }) => id));

describe("the claims", () => {
  it("each have a check, or a reason why it is seen elsewhere", () => {
    const bare = claims.filter(({ id }) => !checked.has(id) && !elsewhere.has(id));
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it("that are seen elsewhere have no check, exist, and say where in a sentence", () => {
    for (const [id, why] of elsewhere) {
      expect(checked.has(id), id).toBe(false);
      expect(claimById.has(id), id).toBe(true);
      expect(why.length).toBeGreaterThan(40);
    }
  });
});

describe("the checks", () => {
  it("have one claim each", () => {
    expect(checked.size).toBe(checks.length);
    expect(checks.filter(({ id }) => !claimById.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("belong to parts that a project can have", () => {
    const known = ["api-keys", "email", "two-factor", "uploads", "websocket"];
    const named = new Set(checks.flatMap(({ feature }) => feature ?? []));
    expect([...named].toSorted()).toEqual(known);
  });

  it("tell whoever owns the project what to do, in a sentence", () => {
    expect(checks.filter(({ fix }) => !/^[A-Z].*\.$/u.test(fix)).map(({ id }) => id)).toEqual([]);
  });
});
