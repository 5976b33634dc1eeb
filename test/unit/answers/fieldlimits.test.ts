import { describe, expect, it } from "vitest";

import { parseFields } from "../../../src/answers/fields.js";
import { reservedFields } from "../../../src/stacks/fastapi/resource/words.js";

function codes(...words: readonly string[]): readonly string[] {
  return parseFields(words, reservedFields).problems.map(({ code }) => code);
}

function messages(...words: readonly string[]): string {
  return parseFields(words, reservedFields)
    .problems.map(({ message, hint }) => `${message} ${hint}`)
    .join("\n");
}

it("more fields or links than a resource can have are refused with the number", () => {
  const many = (count: number, type: string): string[] =>
    Array.from({ length: count }, (_, n) => `f${n}:${type}`);
  expect(codes(...many(100, "int"))).toEqual([]);
  expect(messages(...many(101, "int"))).toContain("101 fields are more than the 100");
  expect(codes(...many(15, "refs(Tag)"))).toEqual([]);
  expect(codes(...many(16, "refs(Tag)"))).toEqual(["field.many"]);
  expect(messages(...many(16, "refs(Tag)"))).toContain(
    "16 lists of other rows are more than the 15",
  );
});

describe("what the database or the API could not hold is refused", () => {
  it.each(["line:string(601):unique", "line:string(601):index", "line:string(601):unique-global"])(
    "%s: an entry of a B-tree is smaller",
    (word) => {
      expect(codes(word)).toEqual(["field.contradiction"]);
      expect(messages(word)).toContain("600");
      expect(codes(word.replace("601", "600"))).toEqual([]);
    },
  );

  it.each([
    ["labels:refs(Tag)", "labels_ids:json"],
    ["pin:encrypted", "pin_ciphertext:string"],
    ["owner_ref:ref(BlogPost)", "owner_ref_id:uuid"],
  ])("%s beside %s", (one, other) => {
    expect(codes(one, other)).toEqual(["field.twice"]);
  });

  it.each(["filters:json", "created_at_gte:date", "property:string"])("%s", (word) => {
    expect(codes(word)).toEqual(["field.reserved"]);
  });
});
