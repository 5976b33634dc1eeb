import { describe, expect, it } from "vitest";

import { describeResource, type Described } from "../../../src/plan/describe.js";
import type { Wish } from "../../../src/plan/wishes.js";
import { USUAL_FLAGS } from "../../../src/answers/resource.js";
import { resourceStack } from "../../../src/stacks/resources.js";
import { customer, recordWith } from "./wishes.js";

const tag = { ...customer, name: "Tag", plural: "tags" };
const news = { ...customer, name: "News", plural: "news-items" };
const record = recordWith(customer, tag, news);

function described(name: string, fields: readonly string[], more: Partial<Wish> = {}): Described {
  const wish = { name, fields, plural: undefined, flags: USUAL_FLAGS, ...more };
  return describeResource(wish, { words: resourceStack, record });
}

function codes(...wish: Parameters<typeof described>): readonly string[] {
  const result = described(...wish);
  return result.kind === "refused" ? result.problems.map(({ code }) => code) : [];
}

function hints(name: string): string {
  const result = described(name, ["a:int"]);
  return result.kind === "refused" ? result.problems.map(({ hint }) => hint).join("\n") : "";
}

describe("a resource that is wished for", () => {
  it("is one, with its fields", () => {
    expect(described("Invoice", ["total:int", "customer:ref(Customer)"])).toMatchObject({
      kind: "resource",
      resource: { names: { singular: { pascal: "Invoice" } } },
    });
  });

  it.each(["ref(customer)", "ref(CUSTOMER)", "ref(Customer)"])(
    "leads to the class %s, however that was typed",
    (type) => {
      expect(described("Invoice", [`customer:${type}`])).toMatchObject({
        resource: { fields: [{ type: { model: "Customer" } }] },
      });
    },
  );

  it("leads to itself, however that was typed", () => {
    expect(described("BlogPost", ["previous:ref(blogPost)?"])).toMatchObject({
      resource: { fields: [{ type: { model: "BlogPost" } }] },
    });
  });

  it("is the one that is there, by any spelling of its name and with its own plural", () => {
    for (const name of ["customer", "CUSTOMER", "Customer"]) {
      expect(described(name, ["name:string"])).toMatchObject({
        resource: { names: { singular: { pascal: "Customer" } } },
      });
    }
    expect(described("News", ["name:string"])).toMatchObject({
      resource: { names: { plural: { kebab: "news-items" } } },
    });
  });

  it("is unique as a whole where nobody owns it", () => {
    const flags = { ...USUAL_FLAGS, noOwner: true };
    expect(described("Country", ["code:string:unique"], { flags })).toMatchObject({
      resource: { fields: [{ unique: "global" }] },
    });
  });
});

describe("everything that is wrong is told at once, each once", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["In-voice!", ["class:int"], ["resource.name", "field.reserved"]],
    ["In-voice!", ["a:ref(Nobody)"], ["resource.name", "field.reference"]],
    ["Session", ["a:money", "b:int", "b:int"], ["resource.reserved", "field.type", "field.twice"]],
    ["Invoices", ["a:ref(Nobody)"], ["resource.plural", "field.reference"]],
    ["Users", ["a:int"], ["resource.reserved"]],
    ["Health", ["a:int"], ["resource.reserved"]],
    ["Invoice", ["parent:ref(Invoice)", "b:ref(X)"], ["field.self", "field.reference"]],
    ["Invoice", ["tags:refs(Tag)", "tag_ids:json"], ["field.twice"]],
    ["Invoice", ["tags:refs(Tag)", "labels:refs(Tag)"], []],
    ["Invoice", [], []],
    ["Constructor", ["a:int"], []],
  ])("%s %j: %j", (name, fields, expected) => {
    expect(codes(name, fields)).toEqual(expected);
  });

  it("flags with the rest, and a reference that is wrong in itself still is one", () => {
    const flags = { ...USUAL_FLAGS, children: true };
    expect(codes("Class", ["a:int"], { flags })).toEqual(["resource.reserved", "flag.children"]);
    expect(codes("Invoice", ["a:ref(X):odd"], { flags })).toEqual(["field.modifier"]);
  });

  it("a plural that belongs to another, or is reserved", () => {
    expect(codes("Client", ["a:int"], { plural: "customers" })).toEqual(["resource.taken"]);
    expect(codes("Person", ["a:int"], { plural: "users" })).toEqual(["resource.reserved"]);
    expect(codes("Person", ["a:int"], { plural: "with" })).toEqual(["resource.reserved"]);
    expect(codes("Person", ["a:int"], { plural: "nothing" })).toEqual(["resource.reserved"]);
  });
});

it.each([
  ["Session", "SessionEntry"],
  ["Users", "UserEntry"],
  ["APIKey", "APIKeyEntry"],
])("%s is refused with a name that would do: %s", (name, suggestion) => {
  expect(hints(name)).toContain(suggestion);
  expect(codes(suggestion, ["a:int"])).toEqual([]);
});

it("ten thousand characters are refused at once", () => {
  const started = performance.now();
  expect(codes("A".repeat(10_000), [`${"a".repeat(10_000)}:int`])).toEqual([
    "resource.name",
    "field.name",
  ]);
  expect(
    codes(
      "Invoice",
      Array.from({ length: 5000 }, (_, n) => `f${n}:int`),
    ),
  ).toEqual(["field.many"]);
  expect(performance.now() - started).toBeLessThan(1000);
});
