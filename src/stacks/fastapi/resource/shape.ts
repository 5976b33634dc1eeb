import type { Field } from "../../../answers/fields.js";
import type { FieldType } from "../../../answers/fieldtypes.js";
import type { Resource } from "../../../answers/resource.js";
import type { ResourceRequest } from "../../resource.js";

/** A field as table, bodies and queries know it. */
export interface Column {
  /** Of the column and in JSON: `customer_id` for the reference `customer`, `tag_ids` for `tags`. */
  readonly name: string;
  readonly field: Field;
  /** Where a reference leads. */
  readonly target: Resource | undefined;
}

/** One resource, looked at once: what all of its files agree on. */
export interface Shape {
  readonly resource: Resource;
  /** One row of it: `invoice`, `Invoice`, "invoice", "an invoice". */
  readonly one: string;
  readonly Class: string;
  readonly prose: string;
  readonly some: string;
  /** All of them: `invoices`, "invoices", `/invoices`. */
  readonly many: string;
  readonly proses: string;
  readonly path: string;
  readonly table: string;
  readonly isOwned: boolean;
  /** Those that the table has. */
  readonly columns: readonly Column[];
  readonly references: readonly Column[];
  /** Many-to-many: in tables of their own. */
  readonly links: readonly Column[];
  /** In the order in which they were given. */
  readonly all: readonly Column[];
}

export function shapeOf({
  resource,
  resources,
}: Pick<ResourceRequest, "resource" | "resources">): Shape {
  const { singular, plural, article } = resource.names;
  const all = resource.fields.map((field) => columnOf(field, resources));
  return {
    resource,
    one: singular.snake,
    Class: singular.pascal,
    prose: singular.prose,
    some: `${article} ${singular.prose}`,
    many: plural.snake,
    proses: plural.prose,
    path: `/${plural.kebab}`,
    table: plural.snake,
    isOwned: !resource.flags.noOwner,
    columns: all.filter(({ field }) => field.type.kind !== "refs"),
    references: all.filter(({ field }) => field.type.kind === "ref"),
    links: all.filter(({ field }) => field.type.kind === "refs"),
    all,
  };
}

function columnOf(field: Field, resources: ReadonlyMap<string, Resource>): Column {
  const model = modelOf(field.type);
  if (model === undefined) return { name: field.name, field, target: undefined };
  const target = resources.get(model);
  if (target === undefined) throw new Error(`The field "${field.name}" leads nowhere.`);
  if (field.type.kind === "ref") return { name: `${field.name}_id`, field, target };
  const { singular, plural } = target.names;
  const stem = field.name === plural.snake ? singular.snake : field.name;
  return { name: `${stem}_ids`, field, target };
}

function modelOf(type: FieldType): string | undefined {
  return type.kind === "ref" || type.kind === "refs" ? type.model : undefined;
}

/** The table of what a column refers to. */
export function targetOf({ target, name }: Column): Resource {
  if (target === undefined) throw new Error(`The column "${name}" refers to nothing.`);
  return target;
}

/** Python's list of texts: `"a", "b"`. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
