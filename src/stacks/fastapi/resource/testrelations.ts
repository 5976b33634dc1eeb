import type { Resource } from "../../../answers/resource.js";
import type { View } from "../../stack.js";
import { importLine } from "../python.js";
import { type Child, childrenOf } from "./children.js";
import { entries, type Resources } from "./testfields.js";
import { type Column, quoted, type Shape, targetOf } from "./shape.js";

/** Who creates a row needs the rights of an administrator for a moment, and a way to get them. */
export function needsDatabase(
  resource: Resource,
  resources: Resources,
  seen: readonly Resource[] = [],
): boolean {
  if (resource.flags.noOwner) return true;
  const targets = targetsOf(resource, resources).filter((target) => !seen.includes(target));
  return targets.some((target) => needsDatabase(target, resources, [...seen, resource, target]));
}

/** The other resources that a row refers to. */
export function targetsOf({ fields, names }: Resource, resources: Resources): readonly Resource[] {
  return fields.flatMap(({ type }) => {
    if (type.kind !== "ref" && type.kind !== "refs") return [];
    const target = resources.get(type.model);
    return target === undefined || type.model === names.singular.pascal ? [] : [target];
  });
}

/** Rows of it that belong to somebody else are as good as none. */
function isHidden({ flags }: Resource): boolean {
  return !flags.noOwner && !flags.publicRead;
}

function isSelf({ Class }: Shape, column: Column): boolean {
  return targetOf(column).names.singular.pascal === Class;
}

/** What makes a row to refer to; of one signature for all references of the resource. */
function creator(
  column: Column,
  { mine, resources }: { mine: boolean; resources: Resources },
): string {
  const create = `create_${targetOf(column).names.singular.snake}`;
  return mine && !needsDatabase(targetOf(column), resources)
    ? `without_database(${create})`
    : create;
}

/** What the tests of references are about. */
export function relationLists(shape: Shape, resources: Resources): View {
  const { isOwned, resource } = shape;
  const shown = [...shape.references, ...shape.links].filter(({ field }) => !field.isPrivate);
  const others = shown.filter((column) => !isSelf(shape, column));
  const deletable = others.filter((column) => !isOwned || !targetOf(column).flags.noOwner);
  const pathOf = (column: Column): string => `"/${targetOf(column).names.plural.kebab}"`;
  const mine = needsDatabase(resource, resources);
  const foreign = isOwned ? shown.filter((column) => !targetOf(column).flags.noOwner) : [];
  const isNeeded = ({ field }: Column): boolean => field.type.kind === "ref" && !field.isOptional;
  const needed = deletable.filter(isNeeded);
  const parents = childrenOf(shape).filter(({ column }) => others.includes(column));
  const stays =
    resource.flags.softDelete && !needed.every((column) => targetOf(column).flags.softDelete);
  return {
    needed: entries(needed, pathOf),
    afterwards: stays
      ? []
      : [
          `assert (await ${isOwned ? "alice" : "admin"}.client.delete(needed, headers=ANY)).status_code == 204`,
        ],
    gone: entries(deletable, pathOf),
    loose: entries(
      deletable.filter((column) => !isNeeded(column)),
      pathOf,
    ),
    referenceCreates: entries(foreign, (column) => creator(column, { mine, resources })),
    referenceImports: [
      ...new Set(
        foreign.map((column) => {
          const { plural, singular } = targetOf(column).names;
          return importLine(`tests.${plural.snake}.rows`, [`create_${singular.snake}`]);
        }),
      ),
    ],
    ownKind: quoted(shown.filter((column) => isSelf(shape, column)).map(({ name }) => name)),
    parents: pathsOf(parents),
    closedParents: pathsOf(parents.filter(({ parent }) => isHidden(parent.resource))),
  };
}

function pathsOf(children: readonly Child[]): string {
  return children
    .map(({ column, path }) => `"${column.name}": "${path.replace(/\{\w+\}/u, "{}")}"`)
    .join(", ");
}
