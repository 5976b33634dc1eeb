import { describe, expect, it } from "vitest";

import { catalogue, claimById } from "../../../src/contract/catalogue/index.js";

const claims = catalogue.flatMap((section) => section.claims);
const SOURCE =
  /^(ASVS \d+\.\d+\.\d+|API([1-9]|10)|RFC \d+( [\d.]+)?|NIST SP [\w-]+ [\d.]+|(CVE-\d{4}|CWE)-\d+|UTS \d+|OWASP [\w ]+ Cheat Sheet)$/u;

describe("the catalogue", () => {
  it("gives every claim an id of its own", () => {
    expect(claimById.size).toBe(claims.length);
    expect(new Set(claims.map(({ title }) => title)).size).toBe(claims.length);
  });

  it.each(catalogue)("has one kind of id in the section $name, in order", (section) => {
    const ids = section.claims.map(({ id }) => id);
    const sorted = ids.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
    expect(ids).toEqual(sorted);
    expect(new Set(ids.map((id) => id.split("-")[0])).size).toBe(1);
  });

  it.each(claims)("says of $id in a sentence what holds, and who asks for it", (claim) => {
    expect(claim.id).toMatch(/^[A-Z]+-\d\d[a-z]?$/u);
    expect(claim.title).toMatch(/^[A-Z`].*[^.]$/u);
    expect(claim.sources.length).toBeGreaterThan(0);
    expect(claim.sources.filter((source) => !SOURCE.test(source))).toEqual([]);
  });
});
