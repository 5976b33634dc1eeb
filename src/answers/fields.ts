import type { Problem } from "../errors.js";
import { checkFieldName, clashes } from "./fieldnames.js";
import { FIELD_TYPES, type FieldType, isKind, KINDS, spellType } from "./fieldtypes.js";
import { printable, type ReservedNames } from "./names.js";
import { readType } from "./parameters.js";

/** One field of a resource, as in `number:string(20)?:unique`. */
export interface Field {
  /** As it was given; a `ref` becomes the column `<name>_id`. */
  readonly name: string;
  readonly type: FieldType;
  readonly isOptional: boolean;
  /** No two rows of one owner, or no two rows at all, have the same value. */
  readonly unique: "owner" | "global" | false;
  readonly hasIndex: boolean;
  /** In no answer and no log. */
  readonly isPrivate: boolean;
  /** The text of the default, valid for the type: `draft`, `0.00`, `true`, `2026-01-31`. */
  readonly default: string | undefined;
}

export interface ParsedFields {
  readonly fields: readonly Field[];
  /** Everything that is wrong, in the order of the fields. */
  readonly problems: readonly Problem[];
}

/** Name, type, its parameters, whether optional, and what is left. */
const FORM = /^([^:]*):([A-Za-z][\w-]*)(?:\(([^()]*)\))?(\?)?(.*)$/s;
/** A name alone is a string. */
const BARE = /^([^:=()?]+)(\??)$/s;
const MODIFIERS = ["unique", "unique-global", "index", "private"] as const;
type Modifier = (typeof MODIFIERS)[number];
/** A table of more columns is several tables. */
const MOST_FIELDS = 100;
/** Each is a table of its own, read with every row. */
const MOST_LINKS = 15;
const EXAMPLE =
  "Write name[:type][?][:modifier], as in title, total:decimal(10,2)=0.00 or due:date?:index.";

/** The fields that the words of a command line describe, and everything that is wrong with them. */
export function parseFields(
  words: readonly string[],
  reserved: readonly ReservedNames[],
): ParsedFields {
  if (words.length > MOST_FIELDS) return { fields: [], problems: [tooMany(words.length)] };
  const parsed = words.map((word) => parseField(word, reserved));
  const fields = parsed.flatMap(({ field }) => (field === undefined ? [] : [field]));
  const links = fields.filter(({ type }) => type.kind === "refs").length;
  if (links > MOST_LINKS) return { fields: [], problems: [tooManyLinks(links)] };
  return { fields, problems: [...parsed.flatMap(({ problems }) => problems), ...clashes(fields)] };
}

export interface ParsedField {
  readonly field: Field | undefined;
  readonly problems: readonly Problem[];
}

/** One field, or all that is wrong with it. */
export function parseField(word: string, reserved: readonly ReservedNames[]): ParsedField {
  const match = FORM.exec(word.replace(BARE, "$1:string$2"));
  if (!match?.[1]) return { field: undefined, problems: [malformed(word)] };
  const [, name = "", kind = "", parameters, optional, rest = ""] = match;
  const type = isKind(kind) ? readType(kind, parameters) : unknownType(name, kind);
  const parts = readRest(rest);
  const isOptional = optional !== undefined;
  const named = checkFieldName({ name, kind }, reserved);
  const problems = [named, typeof type === "string" ? problem(word, "type", type) : undefined];
  if (typeof parts === "string") problems.push(problem(word, "modifier", parts));
  if (typeof type === "string" || typeof parts === "string" || named !== undefined) {
    return { field: undefined, problems: problems.filter((one) => one !== undefined) };
  }
  const field = { name, type, isOptional, ...parts };
  const contradiction = contradictionOf(field);
  return contradiction === undefined
    ? { field, problems: [] }
    : { field: undefined, problems: [problem(word, "contradiction", contradiction)] };
}

type Rest = Pick<Field, "unique" | "hasIndex" | "isPrivate" | "default">;

/** What follows the type: modifiers, then a default, which may itself hold colons. */
function readRest(rest: string): Rest | string {
  const equals = rest.indexOf("=");
  const [head, value] =
    equals === -1 ? [rest, undefined] : [rest.slice(0, equals), rest.slice(equals + 1)];
  const words = head.replace(/:$/, "").split(":").slice(1);
  if (head !== "" && !head.startsWith(":")) return `nobody knows what "${printable(head)}" means`;
  const unknown = words.find((word) => !isModifier(word));
  if (unknown !== undefined) {
    return `"${printable(unknown)}" is no modifier; there are ${MODIFIERS.join(", ")} and =default`;
  }
  const twice = words.find((word, index) => words.indexOf(word) !== index);
  if (twice !== undefined) return `${twice} is given twice`;
  if (words.includes("unique") && words.includes("unique-global")) {
    return "it is unique for each owner, or unique-global: not both";
  }
  const late = /:(unique-global|unique|index|private)$/.exec(value ?? "")?.[0];
  if (late !== undefined) return `the default comes last: write ${late} before the =`;
  const isUnique = words.includes("unique") ? "owner" : false;
  return {
    unique: words.includes("unique-global") ? "global" : isUnique,
    hasIndex: words.includes("index"),
    isPrivate: words.includes("private"),
    default: value,
  };
}

function isModifier(word: string): word is Modifier {
  return MODIFIERS.some((modifier) => modifier === word);
}

/** A page of a B-tree holds three entries: of 2704 bytes at most, with four for each character. */
const LONGEST_INDEXED = 600;

function contradictionOf(field: Field): string | undefined {
  const { type, unique, hasIndex } = field;
  const isIndexed = unique !== false || hasIndex;
  if (isIndexed && type.kind === "string" && type.length > LONGEST_INDEXED) {
    return `an index holds strings of at most ${LONGEST_INDEXED} characters`;
  }
  const { cannotBe, acceptDefault } = FIELD_TYPES[type.kind];
  if (unique !== false && cannotBe.includes("unique")) return `${type.kind} cannot be unique`;
  if (hasIndex && cannotBe.includes("index")) return `${type.kind} cannot have an index`;
  if (field.isPrivate && cannotBe.includes("private")) return `${type.kind} cannot be private`;
  if (field.isOptional && cannotBe.includes("optional")) {
    return `${type.kind} is never missing, at most empty: leave out the ?`;
  }
  if (field.default === undefined) return undefined;
  if (acceptDefault === undefined) return `${type.kind} has no default`;
  if (unique !== false) return "a default that is unique could be taken once only";
  return acceptDefault(field.default, type)
    ? undefined
    : `"${printable(field.default)}" is no ${spellType(type)}`;
}

/** A field as it is written on the command line; `parseField` reads it back. */
export function spellField(field: Field): string {
  const unique = { owner: ":unique", global: ":unique-global", none: "" }[field.unique || "none"];
  return [
    `${field.name}:${spellType(field.type)}${field.isOptional ? "?" : ""}`,
    unique,
    field.hasIndex ? ":index" : "",
    field.isPrivate ? ":private" : "",
    field.default === undefined ? "" : `=${field.default}`,
  ].join("");
}

function problem(word: string, part: string, reason: string): Problem {
  return {
    code: `field.${part}`,
    message: `"${printable(word)}" is no field: ${reason}.`,
    hint: EXAMPLE,
  };
}

function malformed(word: string): Problem {
  const message = `"${printable(word)}" is no field.`;
  return { code: "field.form", message, hint: EXAMPLE };
}

function tooMany(count: number): Problem {
  return {
    code: "field.many",
    message: `${count} fields are more than the ${MOST_FIELDS} that a resource can have.`,
    hint: "Make several resources of them, and let them refer to one another: customer:ref(Customer).",
  };
}

function tooManyLinks(count: number): Problem {
  return {
    code: "field.many",
    message: `${count} lists of other rows are more than the ${MOST_LINKS} that a resource can have.`,
    hint: "Make a resource of the link, and let it refer to both: order:ref(Order) item:ref(Item).",
  };
}

function unknownType(name: string, kind: string): string {
  if (isModifier(kind)) return `${kind} comes after the type: write ${name}:string:${kind}`;
  const usages = KINDS.map((known) => FIELD_TYPES[known].usage).join(", ");
  return `"${printable(kind)}" is no type; there are ${usages}`;
}
