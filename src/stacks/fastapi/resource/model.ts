import type { View } from "../../stack.js";
import { importLine } from "../python.js";
import { constraint, type Named } from "./identifiers.js";
import { type Column, quoted, type Shape, targetOf } from "./shape.js";
import { linkTable } from "./tables.js";
import { valuesOf } from "./parameters.js";
import { TYPES } from "./types.js";

const LIVE = 'text("deleted_at IS NULL")';

/** What the template of a model says. */
export function modelView(shape: Shape): View {
  return {
    Class: shape.Class,
    table: shape.table,
    targetImports: targetImports(shape),
    links: shape.links.flatMap((column) => linkLines(shape, column)),
    tableArgs: tableArgs(shape),
    columns: [
      ...ownColumns(shape),
      ...shape.columns.flatMap((one) => columnLines(shape, one)),
      ...relations(shape),
      ...idLists(shape),
    ],
  };
}

function targetImports({ links, Class }: Shape): readonly string[] {
  const targets = links.map((link) => targetOf(link).names.singular);
  const others = targets.filter(({ pascal }) => pascal !== Class);
  return [
    ...new Set(others.map(({ snake, pascal }) => importLine(`app.models.${snake}`, [pascal]))),
  ];
}

/** The table that links rows of two resources, or of one with itself. */
export interface Link {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly target: string;
}

export function linkOf({ one }: Shape, column: Column): Link {
  const { singular, plural } = targetOf(column).names;
  const to = `${singular.snake}_id`;
  const from = `${one}_id`;
  return {
    table: linkTable(one, column.field.name),
    from: from === to ? `from_${from}` : from,
    to,
    target: plural.snake,
  };
}

function linkLines(shape: Shape, column: Column): readonly string[] {
  const { table, from, to, target } = linkOf(shape, column);
  const index = indexOf(constraint("ix", table, to), [to]);
  return [
    `${table} = Table(`,
    `    "${table}",`,
    "    Base.metadata,",
    `    Column("${from}", ${foreignKey(constraint("fk", table, from, shape.table), shape.table, "CASCADE")}, primary_key=True),`,
    `    Column("${to}", ${foreignKey(constraint("fk", table, to, target), target, "CASCADE")}, primary_key=True),`,
    `    ${index},`,
    ")",
    "",
  ];
}

function relations(shape: Shape): readonly string[] {
  return shape.links.map((column) => {
    const { table, from, to } = linkOf(shape, column);
    const { field } = column;
    const { pascal } = targetOf(column).names.singular;
    const isSelf = pascal === shape.Class;
    const type = isSelf ? `"${pascal}"` : pascal;
    const joins = isSelf
      ? `, primaryjoin=lambda: ${shape.Class}.id == ${table}.c.${from}, secondaryjoin=lambda: ${shape.Class}.id == ${table}.c.${to}`
      : "";
    return `${field.name}: Mapped[list[${type}]] = relationship(secondary=${table}${joins}, lazy="selectin"${isSelf ? ", join_depth=1" : ""})`;
  });
}

/** What bodies and answers call the rows of a link. */
function idLists({ links }: Shape): readonly string[] {
  return links.flatMap(({ field, name }) => [
    "",
    "@property",
    `def ${name}(self) -> list[UUID]:`,
    `    return sorted(row.id for row in self.${field.name})`,
  ]);
}

function foreignKey({ name, isConventional }: Named, table: string, onDelete: string): string {
  const named = isConventional ? "" : `, name="${name}"`;
  return `ForeignKey("${table}.id"${named}${onDelete === "" ? "" : `, ondelete="${onDelete}"`})`;
}

function indexOf({ name, isConventional }: Named, columns: readonly string[]): string {
  return `Index(${isConventional ? "None" : `"${name}"`}, ${quoted(columns)})`;
}

function tableArgs(shape: Shape): readonly string[] {
  const args = [
    ...indexes(shape),
    ...uniques(shape).map((unique) => uniqueArg(shape, unique)),
    ...checks(shape),
  ];
  if (args.length === 1) return [`__table_args__ = (${args.join("")},)`];
  return ["__table_args__ = (", ...args.map((arg) => `    ${arg},`), ")"];
}

/** The columns of each index: those that lists begin with, references, and what was asked for. */
export function indexedColumns({
  columns,
  isOwned,
  resource,
}: Shape): readonly (readonly string[])[] {
  const listed = isOwned ? [["owner_id", "created_at"]] : [["created_at"]];
  if (isOwned && resource.flags.publicRead) listed.push(["created_at"]);
  const asked = columns.filter(({ field }) => field.type.kind === "ref" || field.hasIndex);
  return [...listed, ...asked.map(({ name }) => [name])];
}

function indexes(shape: Shape): readonly string[] {
  return indexedColumns(shape).map((columns) =>
    indexOf(constraint("ix", shape.table, ...columns), columns),
  );
}

/** The columns of each unique constraint: of one owner, where rows have one. */
export function uniques({ columns, isOwned }: Shape): readonly (readonly string[])[] {
  return columns
    .filter(({ field }) => field.unique !== false)
    .map(({ name, field }) => (isOwned && field.unique === "owner" ? ["owner_id", name] : [name]));
}

/** Rows that are deleted and stay keep no value from others: then it is an index of the rest. */
function uniqueArg({ table, resource }: Shape, columns: readonly string[]): string {
  const { name, isConventional } = constraint("uq", table, ...columns);
  if (resource.flags.softDelete) {
    return `Index("${name}", ${quoted(columns)}, unique=True, sqlite_where=${LIVE}, postgresql_where=${LIVE})`;
  }
  return `UniqueConstraint(${quoted(columns)}${isConventional ? "" : `, name="${name}"`})`;
}

function checks({ columns, table }: Shape): readonly string[] {
  return columns
    .filter(({ field }) => field.type.kind === "enum")
    .map((column) => {
      const { name, isConventional } = constraint("ck", table, column.name);
      const shown = isConventional ? `"${column.name}"` : `conv("${name}")`;
      return `CheckConstraint("${checkOf(column)}", name=${shown})`;
    });
}

export function checkOf({ name, field }: Column): string {
  return `${name} IN (${valuesOf(field.type)
    .map((value) => `'${value}'`)
    .join(", ")})`;
}

function ownColumns({ table, isOwned, resource }: Shape): readonly string[] {
  const key = foreignKey(constraint("fk", table, "owner_id", "users"), "users", "CASCADE");
  return [
    ...(isOwned ? [`owner_id: Mapped[UUID] = mapped_column(${key})`] : []),
    ...(resource.flags.softDelete ? ["deleted_at: Mapped[datetime | None]"] : []),
  ];
}

function columnLines(shape: Shape, column: Column): readonly string[] {
  const { name, field, target } = column;
  const { python, column: columnType, literal } = TYPES[field.type.kind];
  const optional = field.isOptional ? " | None" : "";
  const secret = field.isPrivate ? ["info=PRIVATE"] : [];
  if (field.type.kind === "encrypted") {
    const args = [`"${name}"`, "Ciphertext", ...secret].join(", ");
    return [
      `${name}_ciphertext: Mapped[str${optional}] = mapped_column(${args})`,
      `${name} = Encrypted("${name}_ciphertext")`,
    ];
  }
  const key = constraint("fk", shape.table, name, target?.names.plural.snake ?? "");
  const type =
    target === undefined
      ? columnType(field.type)
      : foreignKey(key, target.names.plural.snake, field.isOptional ? "SET NULL" : "");
  const isAny = python === "Any";
  const args = [
    ...(type === "" ? [] : [type]),
    ...(isAny ? [`nullable=${field.isOptional ? "True" : "False"}`] : []),
    ...(field.default === undefined ? [] : [`default=${literal(field.default)}`]),
    ...secret,
  ];
  const annotation = `${name}: Mapped[${python}${isAny ? "" : optional}]`;
  return [args.length === 0 ? annotation : `${annotation} = mapped_column(${args.join(", ")})`];
}
