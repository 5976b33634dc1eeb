import { isDate, isDateTime, isDecimal, isInteger, isUrl, isUuid } from "./literals.js";
import { checkEmail } from "./checks.js";

/** What a field holds, with the parameters of its type. */
export type FieldType =
  | { readonly kind: "string"; readonly length: number }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  /** A row of another resource, by its class's name as in `Customer`. */
  | { readonly kind: "ref"; readonly model: string }
  /** Any number of rows of another resource. */
  | { readonly kind: "refs"; readonly model: string }
  | { readonly kind: PlainKind };

/** The types without parameters. */
export type PlainKind =
  | "text"
  | "html"
  | "int"
  | "bigint"
  | "float"
  | "bool"
  | "date"
  | "datetime"
  | "uuid"
  | "email"
  | "url"
  | "json"
  | "encrypted";

export type Kind = FieldType["kind"];

/** What the command line says about a type; what a stack makes of it is in the stack. */
interface TypeRow {
  /** As it is shown in help and refusals. */
  readonly usage: string;
  readonly summary: string;
  readonly cannotBe: readonly ("unique" | "index" | "private" | "optional")[];
  /** Lists can be asked for values from and to: `<name>_gte`, `<name>_lte`. */
  readonly hasRange: boolean;
  /** Whether a text can be the default; undefined where there is none. */
  readonly acceptDefault: ((text: string, type: FieldType) => boolean) | undefined;
}

const LONGEST_DEFAULT = 255;
const INT_BITS = 32n;
const BIGINT_BITS = 64n;

/** Text that can stand in a file and in a column: no control character, nothing to trim. */
function isPlainText(text: string, longest: number): boolean {
  return text.length <= longest && text.trim() === text && !/[\p{Cc}\p{Cs}]/u.test(text);
}

const NO_INDEX = ["unique", "index"] as const;
const scalar = { cannotBe: [], hasRange: false } as const;
const ordered = { cannotBe: [], hasRange: true } as const;

/** Every type of a field: one row each, and the compiler names the maps that lack one. */
export const FIELD_TYPES: Readonly<Record<Kind, TypeRow>> = {
  string: {
    usage: "string(n)",
    summary: "a line of text of at most n characters (255, and without a type)",
    ...scalar,
    acceptDefault: (text, type) =>
      text !== "" && isPlainText(text, type.kind === "string" ? type.length : LONGEST_DEFAULT),
  },
  text: {
    usage: "text",
    summary: "text of up to 20,000 characters",
    cannotBe: NO_INDEX,
    hasRange: false,
    acceptDefault: (text) => text !== "" && isPlainText(text, LONGEST_DEFAULT),
  },
  html: {
    usage: "html",
    summary: "text with markup, made harmless when it is written",
    cannotBe: NO_INDEX,
    hasRange: false,
    acceptDefault: undefined,
  },
  int: {
    usage: "int",
    summary: "a whole number of 32 bits",
    ...ordered,
    acceptDefault: (text) => isInteger(text, INT_BITS),
  },
  bigint: {
    usage: "bigint",
    summary: "a whole number of 64 bits",
    ...ordered,
    acceptDefault: (text) => isInteger(text, BIGINT_BITS),
  },
  float: {
    usage: "float",
    summary: "a number that need not be exact",
    ...ordered,
    acceptDefault: (text) => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text),
  },
  decimal: {
    usage: "decimal(p,s)",
    summary: "an exact number of p digits, s of them after the point",
    ...ordered,
    acceptDefault: (text, type) => type.kind === "decimal" && isDecimal(text, type),
  },
  bool: {
    usage: "bool",
    summary: "true or false",
    cannotBe: ["unique"],
    hasRange: false,
    acceptDefault: (text) => text === "true" || text === "false",
  },
  date: { usage: "date", summary: "a day", ...ordered, acceptDefault: isDate },
  datetime: {
    usage: "datetime",
    summary: "a moment, in UTC",
    ...ordered,
    acceptDefault: isDateTime,
  },
  uuid: { usage: "uuid", summary: "an identifier", ...scalar, acceptDefault: isUuid },
  email: {
    usage: "email",
    summary: "an e-mail address",
    ...scalar,
    acceptDefault: (text) => checkEmail(text) === undefined,
  },
  url: {
    usage: "url",
    summary: "a web address; lists are not sorted by it",
    ...scalar,
    acceptDefault: isUrl,
  },
  enum: {
    usage: "enum(a,b)",
    summary: "one of the values that are listed",
    cannotBe: ["unique"],
    hasRange: false,
    acceptDefault: (text, type) => type.kind === "enum" && type.values.includes(text),
  },
  json: {
    usage: "json",
    summary: "any JSON",
    cannotBe: NO_INDEX,
    hasRange: false,
    acceptDefault: undefined,
  },
  ref: {
    usage: "ref(Model)",
    summary: "a row of another resource",
    cannotBe: [],
    hasRange: false,
    acceptDefault: undefined,
  },
  refs: {
    usage: "refs(Model)",
    summary: "any number of rows of another resource",
    cannotBe: ["unique", "index", "private", "optional"],
    hasRange: false,
    acceptDefault: undefined,
  },
  encrypted: {
    usage: "encrypted",
    summary: "text that is encrypted in the database",
    cannotBe: NO_INDEX,
    hasRange: false,
    acceptDefault: undefined,
  },
};

export const KINDS: readonly Kind[] = Object.keys(FIELD_TYPES).filter(isKind);

export function isKind(text: string): text is Kind {
  return Object.hasOwn(FIELD_TYPES, text);
}

/** A type as it is written in a field. */
export function spellType(type: FieldType): string {
  if (type.kind === "string") return `string(${type.length})`;
  if (type.kind === "decimal") return `decimal(${type.precision},${type.scale})`;
  if (type.kind === "enum") return `enum(${type.values.join(",")})`;
  return "model" in type ? `${type.kind}(${type.model})` : type.kind;
}
