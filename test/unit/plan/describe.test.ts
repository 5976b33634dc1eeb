import { describe, expect, it } from "vitest";

import { describeResource, flagsOf } from "../../../src/plan/describe.js";
import type { ProjectRecord, ResourceRecord } from "../../../src/plan/record.js";
import { resourceStack } from "../../../src/stacks/resources.js";
import type { ResourceFlags } from "../../../src/answers/resource.js";

function known(name: string, flags: readonly string[] = []): ResourceRecord {
  const plural = `${name.toLowerCase()}s`;
  const migration = { path: `alembic/versions/${plural}.py`, revision: plural };
  return { name, plural, fields: ["name:string"], flags, files: [], migration };
}

const record: ProjectRecord = {
  generator: { name: "x", version: "1.0.0" },
  stack: "x",
  answers: {},
  resources: [known("Customer"), known("Country", ["noOwner"])],
  files: {},
};

function hints(field: string): readonly string[] {
  const wish = { name: "Region", plural: undefined, fields: [field], flags: flagsOf({}) };
  const described = describeResource(wish, { record, words: resourceStack });
  return described.kind === "refused" ? described.problems.map(({ hint }) => hint) : [];
}

function codes(
  name: string,
  fields: readonly string[],
  flags: Partial<ResourceFlags> = {},
): readonly string[] {
  const wish = { name, plural: undefined, fields, flags: flagsOf(flags) };
  const described = describeResource(wish, { record, words: resourceStack });
  return described.kind === "refused" ? described.problems.map(({ code }) => code) : [];
}

describe("a resource is refused", () => {
  it("where every row would need one of its own kind before it", () => {
    expect(codes("Page2", ["parent:ref(Page2)"])).toEqual(["field.self"]);
    expect(codes("Page2", ["parent:ref(Page2)?"])).toEqual([]);
    expect(codes("Page2", ["related:refs(Page2)"])).toEqual([]);
  });

  it("where rows of nobody would keep somebody's account from being deleted", () => {
    expect(codes("Region", ["made_by:ref(Customer)"], { noOwner: true })).toEqual(["field.owner"]);
    expect(codes("Region", ["made_by:ref(Customer)?"], { noOwner: true })).toEqual([]);
    expect(codes("Region", ["country:ref(Country)"], { noOwner: true })).toEqual([]);
    expect(codes("Region", ["made_by:ref(Customer)"])).toEqual([]);
  });

  it.each([
    ["made_by:ref(User)", "A row belongs to the user who made it already."],
    ["made_by:ref(Customers)", "Write the singular: Customer"],
    ["land:ref(Countrys)", "Write the singular: Country"],
    [
      "made_by:ref(Client)",
      "Generate it first: create-secure-api generate resource Client name:string",
    ],
  ])("where %s leads nowhere, with a way that leads on", (field, hint) => {
    expect(hints(field)).toEqual([hint]);
  });

  it("where a reference would end with the same word twice", () => {
    expect(codes("Region", ["country_id:ref(Country)"])).toEqual(["field.reference"]);
  });

  it.each([
    "Admin",
    "Text",
    "Index",
    "Table",
    "Column",
    "Query",
    "Response",
    "Date",
    "Record",
    "Page",
  ])("by the name %s, which its files need themselves", (name) => {
    expect(codes(name, ["name:string"])).toEqual(["resource.reserved"]);
  });
});
