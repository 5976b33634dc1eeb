import { randomBytes, randomInt, randomUUID } from "node:crypto";

import { entriesOf, listAt, member, textAt } from "../../json.js";
import { resolve } from "../../surface.js";

const FIRST_SECOND = Date.UTC(2001, 0) / 1000;
const LAST_SECOND = Date.UTC(2026, 0) / 1000;
/** As many as an integer of 32 bits can say. */
const MANY = 2 ** 31;
const FRACTION_DIGITS = 6;
/** How Pydantic says how large and how exact a decimal may be. */
const DIGITS: readonly string[] = ["max_digits", "decimal_places"];
const FORMATS: Readonly<Record<string, () => string>> = {
  uuid: () => randomUUID(),
  email: () => `v${randomBytes(5).toString("hex")}@example.com`,
  date: () => moment().slice(0, 10),
  "date-time": moment,
  time: () => moment().slice(11, 19),
  uri: () => `https://example.com/${randomBytes(5).toString("hex")}`,
};

/** A second of this century that has passed. */
function moment(): string {
  return `${new Date(randomInt(FIRST_SECOND, LAST_SECOND) * 1000).toISOString().slice(0, 19)}Z`;
}

/** A member of a body, by its name. */
export interface Property {
  readonly name: string;
  readonly schema: unknown;
  readonly isRequired: boolean;
}

/** The members of an object's schema, references followed. */
export function propertiesOf(document: unknown, schema: unknown): readonly Property[] {
  const whole = resolve(document, schema);
  const required = listAt(whole, "required");
  return entriesOf(member(whole, "properties")).map(([name, inner]) => ({
    name,
    schema: concrete(document, inner),
    isRequired: required.includes(name),
  }));
}

/** What a schema comes down to: the alternative that is not null, references followed. */
function concrete(document: unknown, schema: unknown): unknown {
  const found = resolve(document, schema);
  const choices = [...listAt(found, "anyOf"), ...listAt(found, "oneOf"), ...listAt(found, "allOf")];
  const choice = choices.find((one) => textAt(one, "type") !== "null");
  if (choice === undefined) return found;
  // The digits of a decimal stand beside its alternatives, a number and a text.
  const digits = entriesOf(found).filter(([name]) => DIGITS.includes(name));
  const whole = concrete(document, choice);
  return digits.length === 0 ? whole : { ...Object.fromEntries(digits), ...Object(whole) };
}

/** A value that a schema allows, and another one each time where it allows many. */
export function sampleOf(document: unknown, schema: unknown): unknown {
  const found = concrete(document, schema);
  const fixed = member(found, "const") ?? listAt(found, "enum")[0];
  if (fixed !== undefined) return fixed;
  switch (textAt(found, "type")) {
    case "string":
      return textSample(found);
    case "integer":
    case "number":
      return numberSample(found);
    case "boolean":
      return true;
    case "array":
      return [];
    default:
      return objectSample(document, found);
  }
}

/** Another value that a schema allows; the same one where there is no other. */
export function otherThan(document: unknown, schema: unknown, value: unknown): unknown {
  const found = concrete(document, schema);
  const choices = listAt(found, "enum");
  if (choices.length > 0) return choices.find((one) => one !== value) ?? value;
  return textAt(found, "type") === "boolean" ? value !== true : sampleOf(document, found);
}

function objectSample(document: unknown, schema: unknown): unknown {
  const required = propertiesOf(document, schema).filter(({ isRequired }) => isRequired);
  return Object.fromEntries(
    required.map(({ name, schema: inner }) => [name, sampleOf(document, inner)]),
  );
}

/** A small number where the schema allows one: a float has no room for the ends of 64 bits. */
function numberSample(schema: unknown): number {
  const [size, places] = DIGITS.map((name) => numberAt(schema, name));
  if (size !== undefined && size === places) {
    const parts = 10 ** Math.min(size, FRACTION_DIGITS);
    return randomInt(1, parts) / parts;
  }
  const lowest = numberAt(schema, "minimum") ?? (numberAt(schema, "exclusiveMinimum") ?? 0) + 1;
  const highest = Math.min(
    numberAt(schema, "maximum") ?? (numberAt(schema, "exclusiveMaximum") ?? Infinity) - 1,
    size === undefined ? Infinity : 10 ** (size - (places ?? 0)) - 1,
    Number.MAX_SAFE_INTEGER,
  );
  const from = Math.min(Math.max(lowest, 1), highest);
  const to = Math.min(highest, from + MANY - 1);
  return Number.isInteger(from) && to > from ? randomInt(from, to) : from;
}

function textSample(schema: unknown): string {
  const format = FORMATS[textAt(schema, "format")];
  if (format !== undefined) return format();
  // Pydantic shows a decimal as a text with a pattern of digits.
  if (textAt(schema, "pattern").includes("\\d")) return "1.5";
  const word = `v${randomBytes(5).toString("hex")}`.padStart(
    numberAt(schema, "minLength") ?? 0,
    "a",
  );
  // The end is what tells one from another.
  return word.slice(-(numberAt(schema, "maxLength") ?? word.length));
}

function numberAt(schema: unknown, name: string): number | undefined {
  const found = member(schema, name);
  return typeof found === "number" ? found : undefined;
}
