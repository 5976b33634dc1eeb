import { describe, expect, it } from "vitest";

import { USUAL_FLAGS } from "../../../src/answers/resource.js";
import { describeResource } from "../../../src/plan/describe.js";
import type { ResourceRecord } from "../../../src/plan/record.js";
import type { Problem } from "../../../src/errors.js";
import { resourceStack } from "../../../src/stacks/resources.js";
import { containing } from "../support.js";
import { customer, recordWith } from "./wishes.js";

function known(name: string, plural: string, ...fields: readonly string[]): ResourceRecord {
  return { ...customer, name, plural, fields };
}

const item = known("Item", "items", "name:string(255)");
const order = known("Order", "orders", "items:refs(Item)", "n:int");
const orderItem = known("OrderItem", "order-items", "quantity:int");

function problems(
  name: string,
  fields: readonly string[],
  { among, plural }: { among: readonly ResourceRecord[]; plural?: string },
): readonly Problem[] {
  const wish = { name, fields, plural, flags: USUAL_FLAGS };
  const record = recordWith(item, ...among);
  const described = describeResource(wish, { words: resourceStack, record });
  return described.kind === "refused" ? described.problems : [];
}

describe("the table of a refs and that of a resource are never one", () => {
  it("where the resource comes last", () => {
    expect(problems("OrderItem", ["quantity:int"], { among: [order] })).toMatchObject([
      {
        code: "resource.taken",
        message: containing('order_items belongs to Order ("items:refs(Item)")'),
        hint: containing("--plural order-item-list"),
      },
    ]);
    const plural = "order-item-list";
    expect(problems("OrderItem", ["quantity:int"], { among: [order], plural })).toEqual([]);
  });

  it("where the refs come last", () => {
    const among = [orderItem];
    expect(problems("Order", ["items:refs(Item)", "n:int"], { among })).toMatchObject([
      {
        code: "field.taken",
        message: containing("order_items, which belongs to OrderItem"),
        hint: containing("linked_items:refs(Item)"),
      },
    ]);
    expect(problems("Order", ["linked_items:refs(Item)", "n:int"], { among })).toEqual([]);
  });

  it("where it is the resource's own", () => {
    const plural = "order-items";
    expect(problems("Order", ["items:refs(Item)"], { among: [], plural })).toMatchObject([
      { code: "field.taken", message: containing("belongs to Order") },
    ]);
  });

  it("where two refs would share one", () => {
    const one = known("Order", "orders", "line_items:refs(Item)");
    expect(problems("OrderLine", ["items:refs(Item)"], { among: [one] })).toMatchObject([
      { code: "field.taken", message: containing('belongs to Order ("line_items:refs(Item)")') },
    ]);
  });

  it.each([
    ["Api", "keys"],
    ["Recovery", "codes"],
    ["Outgoing", "mails"],
    ["Live", "sessions"],
    ["Current", "role"],
  ])("where every project may have it: %s and %s", (name, field) => {
    expect(problems(name, [`${field}:refs(Item)`], { among: [] })).toMatchObject([
      { code: "field.taken", hint: containing(`linked_${field}:refs(Item)`) },
    ]);
  });

  it("and the same resource again is no neighbour of itself", () => {
    expect(problems("Order", ["items:refs(Item)", "n:int"], { among: [order] })).toEqual([]);
    expect(problems("Customer", ["items:refs(Item)", "tags:refs(Item)"], { among: [] })).toEqual(
      [],
    );
  });
});
