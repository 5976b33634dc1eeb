import type { MigrationFacts } from "../../resource.js";
import type { View } from "../../stack.js";
import { constraint } from "./identifiers.js";
import { checkOf, indexedColumns, linkOf, uniques } from "./model.js";
import { type Column, quoted, type Shape, targetOf } from "./shape.js";
import { TYPES } from "./types.js";

const LIVE = 'sa.text("deleted_at IS NULL")';
const MOMENT = "sa.DateTime(timezone=True)";

/** What the templates of both migrations say: up for one is down for the other. */
export function migrationView(shape: Shape, { revision, parent }: MigrationFacts): View {
  const indexes = [
    ...indexedColumns(shape).map((columns) => index(shape, columns)),
    ...liveUniques(shape),
  ];
  return {
    proses: shape.proses,
    revision,
    parentRevision: parent,
    up: [
      ...table(shape.table, [...columnLines(shape), ...constraintLines(shape)]),
      ...indexes.map(({ create }) => create),
      ...shape.links.flatMap((column) => linkUp(shape, column)),
    ],
    down: [
      ...shape.links.toReversed().flatMap((column) => linkDown(shape, column)),
      ...indexes.toReversed().map(({ drop }) => drop),
      `op.drop_table("${shape.table}")`,
    ],
  };
}

function table(name: string, lines: readonly string[]): readonly string[] {
  return ["op.create_table(", `    "${name}",`, ...lines.map((line) => `    ${line},`), ")"];
}

function column(name: string, type: string, isOptional: boolean): string {
  return `sa.Column("${name}", ${type}, nullable=${isOptional ? "True" : "False"})`;
}

function columnLines({ columns, isOwned, resource }: Shape): readonly string[] {
  return [
    column("id", "sa.Uuid()", false),
    column("created_at", MOMENT, false),
    column("updated_at", MOMENT, false),
    ...(isOwned ? [column("owner_id", "sa.Uuid()", false)] : []),
    ...(resource.flags.softDelete ? [column("deleted_at", MOMENT, true)] : []),
    ...columns.map(({ name, field }) =>
      column(name, TYPES[field.type.kind].migrated(field.type), field.isOptional),
    ),
  ];
}

function constraintLines(shape: Shape): readonly string[] {
  const { table: name, columns, references, isOwned, resource } = shape;
  const checked = columns.filter(({ field }) => field.type.kind === "enum");
  return [
    ...checked.map(
      (one) => `sa.CheckConstraint("${checkOf(one)}", name=${nameOf(["ck", name, one.name])})`,
    ),
    ...(isOwned ? [foreignKey(name, { from: "owner_id", to: "users", onDelete: "CASCADE" })] : []),
    ...references.map((one) =>
      foreignKey(name, {
        from: one.name,
        to: targetOf(one).names.plural.snake,
        onDelete: one.field.isOptional ? "SET NULL" : "",
      }),
    ),
    `sa.PrimaryKeyConstraint("id", name=${nameOf(["pk", name])})`,
    ...(resource.flags.softDelete ? [] : uniques(shape)).map(
      (unique) => `sa.UniqueConstraint(${quoted(unique)}, name=${nameOf(["uq", name, ...unique])})`,
    ),
  ];
}

type Parts = readonly ["pk" | "fk" | "uq" | "ix" | "ck", ...string[]];

function nameOf([kind, ...parts]: Parts): string {
  return `op.f("${constraint(kind, ...parts).name}")`;
}

interface Key {
  readonly from: string;
  readonly to: string;
  readonly onDelete: string;
}

function foreignKey(name: string, { from, to, onDelete }: Key): string {
  const rule = onDelete === "" ? "" : `, ondelete="${onDelete}"`;
  return `sa.ForeignKeyConstraint(["${from}"], ["${to}.id"], name=${nameOf(["fk", name, from, to])}${rule})`;
}

interface Index {
  readonly create: string;
  readonly drop: string;
}

function index({ table: name }: Pick<Shape, "table">, columns: readonly string[]): Index {
  const named = nameOf(["ix", name, ...columns]);
  return {
    create: `op.create_index(${named}, "${name}", [${quoted(columns)}])`,
    drop: `op.drop_index(${named}, table_name="${name}")`,
  };
}

/** Unique among the rows that are not deleted. */
function liveUniques(shape: Shape): readonly Index[] {
  if (!shape.resource.flags.softDelete) return [];
  return uniques(shape).map((columns) => {
    const named = nameOf(["uq", shape.table, ...columns]);
    const where = `sqlite_where=${LIVE}, postgresql_where=${LIVE}`;
    return {
      create: `op.create_index(${named}, "${shape.table}", [${quoted(columns)}], unique=True, ${where})`,
      drop: `op.drop_index(${named}, table_name="${shape.table}")`,
    };
  });
}

function linkUp(shape: Shape, one: Column): readonly string[] {
  const { table: name, from, to, target } = linkOf(shape, one);
  const lines = [
    column(from, "sa.Uuid()", false),
    column(to, "sa.Uuid()", false),
    foreignKey(name, { from, to: shape.table, onDelete: "CASCADE" }),
    foreignKey(name, { from: to, to: target, onDelete: "CASCADE" }),
    `sa.PrimaryKeyConstraint("${from}", "${to}", name=${nameOf(["pk", name])})`,
  ];
  return [...table(name, lines), index({ table: name }, [to]).create];
}

function linkDown(shape: Shape, one: Column): readonly string[] {
  const { table: name, to } = linkOf(shape, one);
  return [index({ table: name }, [to]).drop, `op.drop_table("${name}")`];
}
