import type { Field } from "../../../answers/fields.js";
import type { FieldType, Kind } from "../../../answers/fieldtypes.js";
import type { Resource } from "../../../answers/resource.js";
import { quoting } from "../quoting.js";
import { type Column, type Shape, targetOf } from "./shape.js";
import { digitsOf, lengthOf, valuesOf } from "./parameters.js";

/** For the tests: one that fits, made of `number`; the ends of what fits; a default as it is shown. */
interface Samples {
  readonly valid: (type: FieldType) => string;
  readonly refused: (type: FieldType) => readonly string[];
  readonly kept: (type: FieldType) => readonly string[];
  readonly shown: (text: string, type: FieldType) => string;
}

const NUL = String.raw`"a\0b"`;
const EMOJI = String.raw`"\U0001f600"`;
const ID = '"018f0000-0000-7000-8000-000000000001"';
const verbatim = String;
const asText = quoting.py;
const nothing = (): readonly string[] => [];

function numbers(bits: number, reach: readonly [string, string]): Samples {
  const [least, most] = reach;
  const beyond = [`${2n ** BigInt(bits - 1)}`, `-${2n ** BigInt(bits - 1) + 1n}`];
  return {
    valid: () => "number",
    refused: () => [...beyond, '"1"', "1.5", "True", "[]"],
    kept: () => [least, "0", most],
    shown: verbatim,
  };
}

const refused = (): readonly string[] => ['"x" * 20001', "1", "[]", NUL];
const longText = { refused, shown: asText } as const;

const SAMPLES: Readonly<Record<Kind, Samples>> = {
  string: {
    valid: (type) => `text_of(number, ${lengthOf(type)})`,
    refused: (type) => [
      '""',
      `"x" * ${lengthOf(type) + 1}`,
      "1",
      "True",
      "[]",
      "{}",
      ...(lengthOf(type) < 3 ? [] : [NUL]),
    ],
    kept: (type) => [`"x" * ${lengthOf(type)}`, `${EMOJI} * ${lengthOf(type)}`],
    shown: asText,
  },
  text: {
    ...longText,
    valid: () => 'f"text {number}"',
    kept: () => ['""', '"x" * 20000', '"<script>"'],
  },
  html: {
    shown: asText,
    refused: () => ['"x" * 20001', "1", "[]"],
    valid: () => 'f"<p>{number}</p>"',
    kept: nothing,
  },
  int: numbers(32, ["-2147483648", "2147483647"]),
  bigint: numbers(64, ["-9223372036854775808", "9223372036854775807"]),
  float: {
    valid: () => "number + 0.5",
    refused: () => ['"1"', "True", "[]", '"NaN"'],
    kept: () => ["0.0", "-1.5e300", "0.1"],
    shown: verbatim,
  },
  decimal: {
    valid: (type) => `decimal_of(number, ${digitsOf(type).join(", ")})`,
    refused: (type) => {
      const [precision, scale] = digitsOf(type);
      const wide = `"1${"0".repeat(precision - scale)}"`;
      return [wide, `"0.${"0".repeat(scale)}1"`, '"1e3"', '"x"', "True", "[]"];
    },
    kept: (type) => {
      const [precision, scale] = digitsOf(type);
      const whole = "9".repeat(precision - scale) || "0";
      const most = scale === 0 ? whole : `${whole}.${"9".repeat(scale)}`;
      return [`"${most}"`, `"-${most}"`];
    },
    shown: (text, type) => {
      const [, scale] = digitsOf(type);
      const [whole = "0", fraction = ""] = text.split(".");
      return scale === 0 ? `"${whole}"` : `"${whole}.${fraction.padEnd(scale, "0")}"`;
    },
  },
  bool: {
    valid: () => "number % 2 == 0",
    refused: () => ['"true"', "1", "[]"],
    kept: () => ["True", "False"],
    shown: (text) => (text === "true" ? "True" : "False"),
  },
  date: {
    valid: () => "day_of(number)",
    refused: () => ['"2026-02-30"', '"2026-01-31T00:00:00"', "0", "True", '"x"'],
    kept: () => ['"0001-01-01"', '"9999-12-31"'],
    shown: asText,
  },
  datetime: {
    valid: () => "moment_of(number)",
    refused: () => ['"2026-01-31T12:00:00"', '"2026-01-31"', "1e20", "True", '"x"'],
    kept: () => ['"2026-01-31T12:00:00.123456Z"'],
    shown: asText,
  },
  uuid: {
    valid: () => "str(UUID(int=number))",
    refused: () => ['"x"', "1", '"0" * 40', "[]"],
    kept: () => ['"00000000-0000-0000-0000-000000000000"'],
    shown: asText,
  },
  email: {
    valid: () => 'f"person{number}@example.com"',
    refused: () => [
      '"x"',
      '"a@b@c.example"',
      '"a@[127.0.0.1]"',
      '"Bob <a@example.com>"',
      "1",
      '"x" * 255',
    ],
    kept: nothing,
    shown: asText,
  },
  url: {
    valid: () => 'f"https://example.com/{number}"',
    refused: () => [
      '"javascript:alert(1)"',
      '"file:///etc/passwd"',
      '"https://a:b@example.com"',
      '"x"',
      "1",
    ],
    kept: () => ['"https://example.com/" + "x" * 2028'],
    shown: asText,
  },
  enum: {
    valid: (type) => {
      const values = valuesOf(type);
      const list = values.map((value) => `"${value}"`).join(", ");
      return values.length === 1 ? list : `(${list})[number % ${values.length}]`;
    },
    refused: () => ['""', '"no such value"', "1", "True", "[]"],
    kept: (type) => valuesOf(type).map((value) => `"${value}"`),
    shown: asText,
  },
  json: {
    valid: () => '{"number": number}',
    refused: () => ['"x" * 20000', `{"a": ${NUL}}`],
    kept: () => ['{"a": [1, None, {"b": 0.5}]}', "[]", "0", "False", '""'],
    shown: verbatim,
  },
  ref: {
    valid: () => "",
    refused: () => ['"x"', "1", "[]", "True"],
    kept: nothing,
    shown: verbatim,
  },
  refs: {
    valid: () => "",
    refused: () => ['"x"', '["x"]', `[${ID}] * 2`, "1"],
    kept: nothing,
    shown: verbatim,
  },
  encrypted: {
    valid: () => 'f"secret {number}"',
    refused: () => ['""', '"x" * 1001', "1", "[]", NUL],
    kept: () => ['"x" * 1000', `${EMOJI} * 1000`],
    shown: asText,
  },
};

/** A value for a body; a row to refer to is made first. */
export function validValue(
  shape: Shape,
  column: Column,
  needsDatabase: (target: Resource) => boolean,
): string {
  const { field, target } = column;
  if (target === undefined) return SAMPLES[field.type.kind].valid(field.type);
  const { singular } = targetOf(column).names;
  if (singular.pascal === shape.Class) return field.type.kind === "refs" ? "[]" : "None";
  const created = `(await create_${singular.snake}(person${needsDatabase(target) ? ", database" : ""}))["id"]`;
  return field.type.kind === "refs" ? `[${created}]` : created;
}

export function refusedValues({ type }: Field): readonly string[] {
  return SAMPLES[type.kind].refused(type);
}

export function keptValues({ type }: Field): readonly string[] {
  return SAMPLES[type.kind].kept(type);
}

export function defaultOf({ type, default: text }: Field): string {
  if (type.kind === "refs") return "[]";
  return text === undefined ? "None" : SAMPLES[type.kind].shown(text, type);
}
