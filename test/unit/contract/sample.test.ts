import { describe, expect, it } from "vitest";

import { Answer } from "../../../src/contract/answer.js";
import { isProblem, isRefused } from "../../../src/contract/checks/support/observe.js";
import { otherThan, propertiesOf, sampleOf } from "../../../src/contract/checks/support/sample.js";
import { member } from "../../../src/contract/json.js";

const document = {
  components: {
    schemas: {
      Colour: { type: "string", enum: ["red", "green"] },
      Paint: {
        type: "object",
        required: ["name", "colour", "price", "made_at", "owner_id"],
        properties: {
          name: { type: "string", minLength: 20, maxLength: 20 },
          colour: { $ref: "#/components/schemas/Colour" },
          price: { anyOf: [{ type: "number", exclusiveMinimum: 4 }, { type: "null" }] },
          made_at: { type: "string", format: "date-time" },
          owner_id: { type: "string", format: "uuid" },
          note: { anyOf: [{ type: "null" }, { type: "string" }] },
        },
      },
    },
  },
};
const schema = { $ref: "#/components/schemas/Paint" };

function textOf(body: unknown, name: string): string {
  return String(member(body, name));
}

describe("a body that a schema allows", () => {
  it("has what is required, within its bounds", () => {
    const body = sampleOf(document, schema);
    expect(body).toMatchObject({ colour: "red" });
    expect(Number(textOf(body, "price"))).toBeGreaterThanOrEqual(5);
    expect(Date.parse(textOf(body, "made_at"))).toBeLessThan(Date.now());
    expect(body).toHaveProperty("name", expect.stringMatching(/^\w{20}$/u));
    expect(body).toHaveProperty("owner_id", expect.stringMatching(/^[\da-f-]{36}$/u));
    expect(body).not.toHaveProperty("note");
  });

  it("is another one each time, so that what is unique stays so", () => {
    expect(sampleOf(document, schema)).not.toEqual(sampleOf(document, schema));
  });

  it("knows each member by what it comes down to", () => {
    const note = propertiesOf(document, schema).find(({ name }) => name === "note");
    expect(note).toEqual({ name: "note", schema: { type: "string" }, isRequired: false });
  });
});

describe("a number", () => {
  const int64 = { type: "integer", minimum: -9.223372036854776e18, maximum: 9.223372036854776e18 };
  const decimal = (max_digits: number, decimal_places: number): object => ({
    anyOf: [{ type: "number" }, { type: "string" }],
    ...{ max_digits, decimal_places },
  });
  const cases: readonly (readonly [string, object, readonly [number, number]])[] = [
    ["of 64 bits is one that a float can hold", int64, [1, 2 ** 31]],
    [
      "of 32 bits",
      { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
      [1, 2 ** 31 - 1],
    ],
    ["below nothing", { type: "integer", maximum: -3 }, [-3, -3]],
    ["no larger than nothing", { type: "integer", minimum: -9, maximum: 0 }, [0, 0]],
    ["between fractions", { type: "number", minimum: 0.2, maximum: 0.8 }, [0.2, 0.8]],
    ["above another", { type: "integer", minimum: 7, maximum: 9 }, [7, 9]],
    ["of many digits", decimal(38, 18), [1, 2 ** 31]],
    ["of few digits", decimal(3, 2), [1, 9]],
    ["with no digit before the point", decimal(2, 2), [0.01, 0.99]],
  ];

  it.each(cases)("%s", (_, schema, [lowest, highest]) => {
    const drawn = Array.from({ length: 50 }, () => Number(sampleOf({}, schema)));
    for (const number of drawn) {
      expect(number).toBeGreaterThanOrEqual(lowest);
      expect(number).toBeLessThanOrEqual(highest);
    }
  });

  it("is another one each time", () => {
    expect(sampleOf({}, int64)).not.toBe(sampleOf({}, int64));
  });
});

describe("another value", () => {
  const cases: readonly (readonly [object, unknown, unknown])[] = [
    [{ type: "boolean" }, true, false],
    [{ type: "boolean" }, undefined, true],
    [{ enum: ["a", "b"] }, "a", "b"],
    [{ enum: ["a", "b"] }, undefined, "a"],
    [{ enum: ["a"] }, "a", "a"],
  ];

  it.each(cases)("of %j than %j is %j", (one, value, other) => {
    expect(otherThan({}, one, value)).toBe(other);
  });
});

describe("what may be unique", () => {
  it.each([
    { type: "string", format: "date" },
    { type: "string", format: "date-time" },
    { type: "string", maxLength: 3 },
    { type: "string", minLength: 40 },
  ])("is another one each time: %j", (one) => {
    const drawn = Array.from({ length: 20 }, () => sampleOf({}, one));
    expect(new Set(drawn).size).toBeGreaterThan(15);
  });
});

function answer(status: number, type: string, body: unknown): Answer {
  const headers = [["Content-Type", type]] as const;
  const parts = {
    status,
    reason: "",
    headers,
    request: "",
    body: Buffer.from(JSON.stringify(body)),
  };
  return new Answer(parts);
}

const PROBLEM = "application/problem+json";

describe("a refusal", () => {
  const body = { type: "about:blank", title: "Not Found", status: 404 };

  const cases: readonly (readonly [string, Answer, { problem: boolean; refused: boolean }])[] = [
    ["a problem", answer(404, PROBLEM, body), { problem: true, refused: true }],
    ["another type", answer(404, "application/json", body), { problem: false, refused: false }],
    ["another status", answer(400, PROBLEM, body), { problem: false, refused: false }],
    [
      "our fault",
      answer(500, PROBLEM, { ...body, status: 500 }),
      { problem: true, refused: false },
    ],
  ];

  it.each(cases)("%s", (_, given, { problem, refused }) => {
    expect(isProblem(given)).toBe(problem);
    expect(isRefused(given)).toBe(refused);
  });
});
