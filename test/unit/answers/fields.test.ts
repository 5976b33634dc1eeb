import { describe, expect, it } from "vitest";

import { type Field, parseField, parseFields, spellField } from "../../../src/answers/fields.js";
import { FIELD_TYPES, KINDS } from "../../../src/answers/fieldtypes.js";
import { reservedFields } from "../../../src/stacks/fastapi/resource/words.js";

const PLAIN: Omit<Field, "name" | "type"> = {
  isOptional: false,
  unique: false,
  hasIndex: false,
  isPrivate: false,
  default: undefined,
};

function field(word: string): Field | undefined {
  const { field: parsed, problems } = parseField(word, reservedFields);
  expect(problems).toEqual([]);
  return parsed;
}

function codes(...words: readonly string[]): readonly string[] {
  return parseFields(words, reservedFields).problems.map(({ code }) => code);
}

function messages(...words: readonly string[]): string {
  return parseFields(words, reservedFields)
    .problems.map(({ message, hint }) => `${message} ${hint}`)
    .join("\n");
}

describe("a field", () => {
  it.each<[string, Partial<Field> & Pick<Field, "type">]>([
    ["number", { type: { kind: "string", length: 255 } }],
    ["number?", { type: { kind: "string", length: 255 }, isOptional: true }],
    ["number:string", { type: { kind: "string", length: 255 } }],
    ["number:string(20)", { type: { kind: "string", length: 20 } }],
    ["number:string(20):unique", { type: { kind: "string", length: 20 }, unique: "owner" }],
    ["number:string:unique-global", { type: { kind: "string", length: 255 }, unique: "global" }],
    ["total:decimal(10,2)", { type: { kind: "decimal", precision: 10, scale: 2 } }],
    [
      "total:decimal(10, 2)=0.00",
      { type: { kind: "decimal", precision: 10, scale: 2 }, default: "0.00" },
    ],
    [
      "status:enum(draft,sent)=draft",
      { type: { kind: "enum", values: ["draft", "sent"] }, default: "draft" },
    ],
    [
      "status:enum(draft, sent)?",
      { type: { kind: "enum", values: ["draft", "sent"] }, isOptional: true },
    ],
    ["due:date?", { type: { kind: "date" }, isOptional: true }],
    ["note:text?:private", { type: { kind: "text" }, isOptional: true, isPrivate: true }],
    ["customer:ref(Customer)", { type: { kind: "ref", model: "Customer" } }],
    ["tags:refs(Tag)", { type: { kind: "refs", model: "Tag" } }],
    [
      "rank:int:index:private=3",
      { type: { kind: "int" }, hasIndex: true, isPrivate: true, default: "3" },
    ],
    ["rank:int:=3", { type: { kind: "int" }, default: "3" }],
    [
      "at:datetime=2026-01-31T12:00:00Z",
      { type: { kind: "datetime" }, default: "2026-01-31T12:00:00Z" },
    ],
    [
      "site:url=https://example.com/a?b=c",
      { type: { kind: "url" }, default: "https://example.com/a?b=c" },
    ],
    ["iban:encrypted:private", { type: { kind: "encrypted" }, isPrivate: true }],
  ])("%s", (word, expected) => {
    expect(field(word)).toEqual({ ...PLAIN, name: /^[a-z]+/u.exec(word)?.[0], ...expected });
  });

  it.each(KINDS.map((kind) => [FIELD_TYPES[kind].usage]))("has the type %s", (usage) => {
    const written = usage.replace("(n)", "(7)").replace("(p,s)", "(7,2)");
    expect(spellField(field(`one:${written}`) ?? expect.fail())).toBe(`one:${written}`);
  });

  it.each([
    "number:string(20):unique",
    "number:string(20)?:unique-global:index:private",
    "total:decimal(10,2)=0.00",
    "status:enum(draft,sent)?:index=draft",
    "at:datetime=2026-01-31T12:00:00Z",
    "customer:ref(Customer)?",
  ])("is written as it was read: %s", (word) => {
    expect(spellField(field(word) ?? expect.fail())).toBe(word);
  });
});

describe("what is no field is told with its reason", () => {
  it.each([
    ["", "field.form"],
    ["?", "field.form"],
    ["Due Date", "field.name"],
    ["class", "field.reserved"],
    ["title=x", "field.form"],
    ["title(20)", "field.form"],
    ["number:", "field.form"],
    ["number:string(20", "field.modifier"],
    ["price:money", "field.type"],
    ["price:Decimal(10,2)", "field.type"],
    ["a:int(3)", "field.type"],
    ["a:string(0)", "field.type"],
    ["a:string(10001)", "field.type"],
    ["a:string(1e3)", "field.type"],
    ["a:decimal", "field.type"],
    ["a:decimal(2,3)", "field.type"],
    ["a:decimal(39,2)", "field.type"],
    ["a:enum", "field.type"],
    ["a:enum()", "field.type"],
    ["a:enum(a,,b)", "field.type"],
    ["a:enum(a,a)", "field.type"],
    ["a:enum(Draft)", "field.type"],
    ['a:enum(")', "field.type"],
    ["a:ref", "field.type"],
    ["a:ref(a b)", "field.type"],
    ["a:ref(A,B)", "field.type"],
    ["a:int:uniq", "field.modifier"],
    ["a:int:", undefined],
    ["a:int:unique:", undefined],
    ["a:int?x", "field.modifier"],
    ["a:string=b:index", "field.modifier"],
    ["a:int=x", "field.contradiction"],
    ["a:int=2147483648", "field.contradiction"],
    ["a:bigint=2147483648", undefined],
    ["a:bigint=9223372036854775808", "field.contradiction"],
    ["a:int=-0", "field.contradiction"],
    ["a:decimal(3,2)=10.00", "field.contradiction"],
    ["a:decimal(3,2)=1.001", "field.contradiction"],
    ["a:bool=yes", "field.contradiction"],
    ["a:enum(b,c)=d", "field.contradiction"],
    ["a:date=2025-02-29", "field.contradiction"],
    ["a:date=2024-02-29", undefined],
    ["a:datetime=2026-01-31T24:00:00Z", "field.contradiction"],
    ["a:email=nobody", "field.contradiction"],
    ["a:url=javascript:alert(1)", "field.contradiction"],
    ["a:string(3)=four", "field.contradiction"],
    ['a:string=say "hi"', undefined],
    ["a:string= x", "field.contradiction"],
    ["a:string=", "field.contradiction"],
    ["a:json={}", "field.contradiction"],
    ["a:ref(B)=x", "field.contradiction"],
    ["a:text:unique", "field.contradiction"],
    ["a:text:index", "field.contradiction"],
    ["a:bool:unique", "field.contradiction"],
    ["a:encrypted:unique", "field.contradiction"],
    ["a:refs(B)?", "field.contradiction"],
    ["a:int:unique=3", "field.contradiction"],
  ])("%s", (word, code) => {
    expect(codes(word)).toEqual(code === undefined ? [] : [code]);
  });

  it.each(["int32", "string20", "big_int", "int-8"])(
    "%s is no type, and is named whole",
    (type) => {
      expect(messages(`a:${type}`)).toContain(`"${type}" is no type; there are string(n)`);
    },
  );

  it("a modifier in place of a type is told where it goes", () => {
    expect(messages("title:unique")).toContain("write title:string:unique");
  });

  it("an unknown type is told with all that there are", () => {
    for (const kind of KINDS) expect(messages("price:money")).toContain(FIELD_TYPES[kind].usage);
  });

  it("control characters do not reach the terminal", () => {
    expect(messages("a\u001B[31m:int", "b:\u0007")).not.toMatch(/\p{Cc}(?<!\n)/u);
  });
});

it("everything that is wrong is told at once", () => {
  expect(codes("class:money:uniq", "a:int", "a:int", "b:date=x")).toEqual([
    "field.reserved",
    "field.type",
    "field.modifier",
    "field.contradiction",
    "field.twice",
  ]);
});
