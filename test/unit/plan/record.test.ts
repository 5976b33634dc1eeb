import { describe, expect, it } from "vitest";

import { isUnderstood } from "../../../src/plan/describe.js";
import { readRecord, recordedVersion, recordText } from "../../../src/plan/record.js";
import { isNewer } from "../../../src/plan/version.js";
import { customer, recordWith } from "./wishes.js";

describe("a version", () => {
  it.each([
    ["0.1.1", "0.1.0", true],
    ["0.10.0", "0.9.9", true],
    ["1.0.0", "0.99.99", true],
    ["0.1.0", "0.1.0", false],
    ["0.1.0", "0.1.1", false],
    ["1.0.0", "1.0.0-rc.1", true],
    ["1.0.0-rc.1", "1.0.0", false],
    ["1.0.0+build", "1.0.0", false],
    ["new", "1.0.0", undefined],
  ])("%s came after %s: %s", (one, other, expected) => {
    expect(isNewer(one, other)).toBe(expected);
  });

  it("of a record is known whatever else the record holds", () => {
    const text = '{"generator": {"name": "x", "version": "9.0.0"}, "resources": 7}';
    expect(recordedVersion(text)).toBe("9.0.0");
    expect(readRecord(text)).toBeUndefined();
    for (const odd of ["", "null", "[]", "{}", '{"generator": 1}', "{"]) {
      expect(recordedVersion(odd)).toBeUndefined();
    }
  });
});

describe("a record", () => {
  it("is understood as it was written", () => {
    const record = recordWith(customer);
    const read = readRecord(recordText(record));
    expect(read).toEqual(record);
    expect(isUnderstood(record)).toBe(true);
  });

  it.each([
    ["a name that is none", { name: "../x" }],
    ["a plural that is none", { plural: "$(id)" }],
    ["a field that is none", { fields: ["name:string", "x:money"] }],
    ["a reference that leads nowhere", { fields: ["boss:ref(Nobody)?"] }],
    ["a flag that there is not", { flags: ["shiny"] }],
  ])("is not understood with %s", (_, change) => {
    expect(isUnderstood(recordWith({ ...customer, ...change }))).toBe(false);
  });
});
