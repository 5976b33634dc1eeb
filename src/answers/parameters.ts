import type { FieldType, Kind, PlainKind } from "./fieldtypes.js";

const HIGHEST_PRECISION = 38;
const ENUM_VALUE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const MODEL = /^[A-Za-z][A-Za-z0-9]*$/;
const LONGEST_STRING = 10_000;
const USUAL_LENGTH = 255;

type Given = readonly string[] | undefined;

/** What the types with parameters make of them. */
const READERS = {
  string: readLength,
  decimal: readDecimal,
  enum: readEnum,
  ref: (given) => readModel("ref", given),
  refs: (given) => readModel("refs", given),
} satisfies Record<Exclude<Kind, PlainKind>, (given: Given) => FieldType | string>;

function isPlain(kind: Kind): kind is PlainKind {
  return !Object.hasOwn(READERS, kind);
}

/** The type with its parameters, or the reason why they do not fit. */
export function readType(kind: Kind, parameters: string | undefined): FieldType | string {
  const given = parameters?.split(",").map((parameter) => parameter.trim());
  if (!isPlain(kind)) return READERS[kind](given);
  return given === undefined ? { kind } : `${kind} takes nothing in parentheses`;
}

function readNumber(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? "") ? Number(text) : Number.NaN;
}

function readLength(given: Given): FieldType | string {
  const length = given === undefined ? USUAL_LENGTH : readNumber(given.join(","));
  if (length >= 1 && length <= LONGEST_STRING) return { kind: "string", length };
  return `the length of a string is a number from 1 to ${LONGEST_STRING}; longer ones are text`;
}

function readDecimal(given: Given): FieldType | string {
  const [precision, scale] = (given ?? []).map(readNumber);
  if (given?.length !== 2 || precision === undefined || scale === undefined) {
    return "decimal takes two numbers, all digits and those after the point: decimal(10,2)";
  }
  const fits = precision >= 1 && precision <= HIGHEST_PRECISION && scale >= 0 && scale <= precision;
  if (fits) return { kind: "decimal", precision, scale };
  return `a decimal has 1 to ${HIGHEST_PRECISION} digits, and no more of them after the point`;
}

function readEnum(given: Given): FieldType | string {
  const values = given ?? [];
  if (values.length === 0 || values.includes("")) {
    return "an enum lists its values: enum(draft,sent)";
  }
  const odd = values.find((value) => !ENUM_VALUE.test(value) || value.length > 40);
  if (odd !== undefined) {
    return "the values of an enum are small letters, digits and single underscores, at most 40";
  }
  return new Set(values).size === values.length
    ? { kind: "enum", values }
    : "a value of the enum is listed twice";
}

function readModel(kind: "ref" | "refs", given: Given): FieldType | string {
  const [model = ""] = given ?? [];
  if (given?.length === 1 && MODEL.test(model)) return { kind, model };
  return `${kind} names one resource: ${kind}(Customer)`;
}
