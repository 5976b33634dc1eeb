import type { Field } from "../../../answers/fields.js";
import type { FieldType, Kind } from "../../../answers/fieldtypes.js";
import { quoting } from "../quoting.js";
import {
  dateLiteral,
  digitsOf,
  exactDecimal,
  floatLiteral,
  lengthOf,
  longest,
  momentLiteral,
  valuesOf,
} from "./parameters.js";
import { quoted } from "./shape.js";

/** What a type of field is in each file. */
interface TypeRow {
  readonly python: string;
  /** The column, in the model; empty where the Python type says it all. */
  readonly column: (type: FieldType) => string;
  /** The column, in a migration. */
  readonly migrated: (type: FieldType) => string;
  /** In bodies: a shared type, or one of the resource's own with these bounds. */
  readonly input: string | { readonly bounds: (field: Field) => string };
  /** In the query of a list; undefined where nobody can ask for it. */
  readonly query: string | undefined;
  /** A default, as an expression. */
  readonly literal: (text: string) => string;
  readonly isSortable: boolean;
  readonly hasRange: boolean;
}

const none = (): string => "";
const text = quoting.py;
const scalar = { isSortable: true, hasRange: false } as const;
const ordered = { isSortable: true, hasRange: true } as const;
const unordered = { isSortable: false, hasRange: false } as const;
const opaque = { ...unordered, query: undefined } as const;

const longText = {
  python: "str",
  column: () => "Text",
  migrated: () => "sa.Text()",
  literal: text,
  ...opaque,
} as const;

export const TYPES: Readonly<Record<Kind, TypeRow>> = {
  string: {
    python: "str",
    column: (type) => `String(${lengthOf(type)})`,
    migrated: (type) => `sa.String(${lengthOf(type)})`,
    input: {
      bounds: ({ type, unique }) =>
        `Annotated[${unique === false ? "str" : "Composed"}, Field(min_length=1, max_length=${lengthOf(type)})]`,
    },
    query: "",
    literal: text,
    ...scalar,
  },
  text: { ...longText, input: "Text" },
  html: { ...longText, input: "Html" },
  int: {
    python: "int",
    column: none,
    migrated: () => "sa.Integer()",
    input: "Int32",
    query: "QueryInt32",
    literal: String,
    ...ordered,
  },
  bigint: {
    python: "int",
    column: () => "BigInteger",
    migrated: () => "sa.BigInteger()",
    input: "Int64",
    query: "QueryInt64",
    literal: String,
    ...ordered,
  },
  float: {
    python: "float",
    column: () => "Double",
    migrated: () => "sa.Double()",
    input: "Float",
    query: "QueryFloat",
    literal: floatLiteral,
    ...ordered,
  },
  decimal: {
    python: "Decimal",
    column: (type) => `ExactDecimal(${digitsOf(type).join(", ")})`,
    migrated: exactDecimal,
    input: {
      bounds: ({ type }) => {
        const [precision, scale] = digitsOf(type);
        return `Annotated[Exact, Field(max_digits=${precision}, decimal_places=${scale})]`;
      },
    },
    query: "",
    literal: (value) => `Decimal("${value}")`,
    ...ordered,
  },
  bool: {
    python: "bool",
    column: none,
    migrated: () => "sa.Boolean()",
    input: "bool",
    query: "QueryBool",
    literal: (value) => (value === "true" ? "True" : "False"),
    ...scalar,
  },
  date: {
    python: "date",
    column: none,
    migrated: () => "sa.Date()",
    input: "Date",
    query: "Date",
    literal: dateLiteral,
    ...ordered,
  },
  datetime: {
    python: "datetime",
    column: none,
    migrated: () => "sa.DateTime(timezone=True)",
    input: "UTCTime",
    query: "UTCTime",
    literal: momentLiteral,
    ...ordered,
  },
  uuid: {
    python: "UUID",
    column: none,
    migrated: () => "sa.Uuid()",
    input: "InputId",
    query: "InputId",
    literal: (value) => `UUID("${value}")`,
    ...scalar,
  },
  email: {
    python: "str",
    column: () => "String(254)",
    migrated: () => "sa.String(254)",
    input: "Email",
    query: "Email",
    literal: text,
    ...scalar,
  },
  url: {
    python: "str",
    column: () => "String(2048)",
    migrated: () => "sa.String(2048)",
    input: "Url",
    query: "Url",
    literal: text,
    ...unordered,
  },
  enum: {
    python: "str",
    column: (type) => `String(${longest(valuesOf(type))})`,
    migrated: (type) => `sa.String(${longest(valuesOf(type))})`,
    input: { bounds: ({ type }) => `Literal[${quoted(valuesOf(type))}]` },
    query: "",
    literal: text,
    ...scalar,
  },
  json: {
    python: "Any",
    column: () => "JSON(none_as_null=True)",
    migrated: () => "sa.JSON()",
    input: "Json",
    literal: String,
    ...opaque,
  },
  ref: {
    python: "UUID",
    column: none,
    migrated: () => "sa.Uuid()",
    input: "InputId",
    query: "InputId",
    literal: String,
    ...unordered,
  },
  refs: {
    python: "list[UUID]",
    column: none,
    migrated: none,
    input: "Ids",
    literal: String,
    ...opaque,
  },
  encrypted: {
    python: "str",
    column: () => "Ciphertext",
    migrated: () => "sa.Text()",
    input: "Secret",
    literal: text,
    ...opaque,
  },
};
