import type { Field } from "../../../answers/fields.js";
import type { View } from "../../stack.js";
import { type Column, quoted, type Shape } from "./shape.js";
import { isSortable } from "./sorting.js";
import { TYPES } from "./types.js";

/** Names that the file needs itself: an alias of one of them gets the resource's name before it. */
const TAKEN = new Set(
  (
    "Annotated Any Composed Date Decimal Email Exact ExactOut Field Float Html Ids Input InputId Int32 " +
    "Int64 Json JsonValue ListQuery Literal PartialUpdate QueryBool QueryFloat QueryInt32 QueryInt64 RecordOut " +
    "Secret Self Sort Text UTC UTCTime UUID Url"
  ).split(" "),
);
const ALWAYS_SORTABLE = ["created_at", "updated_at"];

/** What the template of the schemas says. */
export function schemasView(shape: Shape): View {
  const { Class, all, resource } = shape;
  const splits = resource.flags.children && shape.references.length > 0;
  const filters = splits ? all.filter(({ target }) => target === undefined) : all;
  const own = all.flatMap((column) => filterLines(shape, column));
  return {
    Class,
    aliases: all.flatMap((column) => aliasLines(shape, column)),
    sortable: quoted([
      ...ALWAYS_SORTABLE,
      ...all.filter(({ field }) => isSortable(field)).map(({ name }) => name),
    ]),
    create: all.map((column) => createLine(shape, column)),
    update: all.map((column) => `${column.name}: ${inputOf(shape, column)} | None = None`),
    required: tuple(all.filter(({ field }) => !field.isOptional).map(({ name }) => name)),
    out: outLines(shape),
    filtersClass: splits ? `${Class}Filters` : `${Class}Query`,
    filters: splits ? filters.flatMap((column) => filterLines(shape, column)) : own,
    childQuery: splits ? childQuery(shape) : [],
  };
}

function tuple(names: readonly string[]): string {
  return names.length === 1 ? `${quoted(names)},` : quoted(names);
}

/** The query of the whole list, beside that of a list under one parent. */
function childQuery(shape: Shape): readonly string[] {
  const lines = shape.references.flatMap((column) => filterLines(shape, column));
  return ["", "", `class ${shape.Class}Query(${shape.Class}Filters):`, ...indent(orPass(lines))];
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function orPass(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ["pass"] : lines;
}

/** `unit_price` -> `UnitPrice`, unless the file needs that name itself. */
function aliasOf({ Class }: Shape, field: Field): string {
  const parts = field.name
    .split("_")
    // `a_1` and `a1` are two names.
    .map((part) => (/^\d/u.test(part) ? `_${part}` : part.charAt(0).toUpperCase() + part.slice(1)));
  const alias = parts.join("");
  const isTaken = TAKEN.has(alias) || alias.startsWith(Class);
  return isTaken ? `${Class}${alias}Value` : alias;
}

function aliasLines(shape: Shape, { field }: Column): readonly string[] {
  const { input } = TYPES[field.type.kind];
  return typeof input === "string" ? [] : [`${aliasOf(shape, field)} = ${input.bounds(field)}`];
}

function inputOf(shape: Shape, { field }: Column): string {
  const { input } = TYPES[field.type.kind];
  return typeof input === "string" ? input : aliasOf(shape, field);
}

function createLine(shape: Shape, column: Column): string {
  const { name, field } = column;
  const type = inputOf(shape, column);
  if (field.type.kind === "refs") return `${name}: ${type} = Field(default_factory=list)`;
  if (field.default !== undefined) {
    const value = TYPES[field.type.kind].literal(field.default);
    return `${name}: ${type}${field.isOptional ? " | None" : ""} = ${value}`;
  }
  return `${name}: ${type}${field.isOptional ? " | None = None" : ""}`;
}

function outLines(shape: Shape): readonly string[] {
  const lines = shape.all
    .filter(({ field }) => !field.isPrivate)
    .map(({ name, field }) => {
      const { python } = TYPES[field.type.kind];
      const shownAs = field.type.kind === "decimal" ? "ExactOut" : python;
      const known = field.type.kind === "enum" ? aliasOf(shape, field) : shownAs;
      const type = python === "Any" ? "JsonValue" : known;
      return `${name}: ${type}${field.isOptional ? " | None" : ""}`;
    });
  return orPass(lines);
}

function filterLines(shape: Shape, column: Column): readonly string[] {
  const { name, field } = column;
  const { query, hasRange } = TYPES[field.type.kind];
  if (query === undefined || field.isPrivate) return [];
  const type = query === "" ? inputOf(shape, column) : query;
  const suffixes = hasRange ? ["", "_gte", "_lte"] : [""];
  return suffixes.map((suffix) => `${name}${suffix}: ${type} | None = None`);
}
