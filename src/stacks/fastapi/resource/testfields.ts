import type { Resource } from "../../../answers/resource.js";
import type { View } from "../../stack.js";
import { defaultOf, keptValues, refusedValues } from "./samples.js";
import { type Column, quoted, type Shape } from "./shape.js";
import { isSortable } from "./sorting.js";
import { TYPES } from "./types.js";

/** Every resource of a project, by its class. */
export type Resources = ReadonlyMap<string, Resource>;

function names(columns: readonly Column[]): string {
  return quoted(columns.map(({ name }) => name));
}

/** The entries of a dictionary. */
export function entries(columns: readonly Column[], value: (column: Column) => string): string {
  return columns.map((column) => `"${column.name}": ${value(column)}`).join(", ");
}

function shownOf({ all }: Shape): readonly Column[] {
  return all.filter(({ field }) => !field.isPrivate);
}

/** What the tests of fields are about. */
export function fieldLists(shape: Shape): View {
  const shown = shownOf(shape);
  const ofKind = (kind: string): readonly Column[] =>
    shown.filter(({ field }) => field.type.kind === kind);
  const asked = shown.filter(
    ({ field, target }) => TYPES[field.type.kind].query !== undefined && target !== shape.resource,
  );
  const needed = shape.all.filter(({ field }) => !field.isOptional);
  return {
    sortable: quoted([
      "created_at",
      "updated_at",
      ...shown.filter(({ field }) => isSortable(field)).map(({ name }) => name),
    ]),
    filters: names(asked),
    ranges: names(
      asked.filter(({ field }) => TYPES[field.type.kind].hasRange && isWide(field.type)),
    ),
    nulls: entries(
      shown.filter(({ field }) => field.isOptional),
      () => "None",
    ),
    refused: shape.all.map(
      (column) => `"${column.name}": [${refusedValues(column.field).join(", ")}]`,
    ),
    kept: shown.flatMap(({ name, field }) => {
      const values = keptValues(field);
      return values.length === 0 ? [] : [`"${name}": [${values.join(", ")}]`];
    }),
    mandatory: names(
      needed.filter(({ field }) => field.default === undefined && field.type.kind !== "refs"),
    ),
    required: names(needed),
    defaults: entries(
      shown.filter(
        ({ field }) =>
          field.isOptional || field.default !== undefined || field.type.kind === "refs",
      ),
      ({ field }) => defaultOf(field),
    ),
    privates: names(shape.columns.filter(({ field }) => field.isPrivate)),
    htmls: names(shape.all.filter(({ field }) => field.type.kind === "html")),
    encrypted: names(ofKind("encrypted")),
    ...uniqueLists(shape),
  };
}

/** Wide enough for the numbers of a whole run. */
function isWide(type: Column["field"]["type"]): boolean {
  return type.kind !== "decimal" || type.precision > 5;
}

/** What the tests of unique values are about. */
function uniqueLists(shape: Shape): View {
  const shown = shownOf(shape).filter(({ field }) => field.unique !== false);
  const owners = shown.filter(({ field }) => field.unique === "owner" && field.type.kind !== "ref");
  return {
    spelt: names(shown.filter(({ field }) => field.type.kind === "string")),
    uniques: names(shown),
    ownerUniques: shape.isOwned ? names(owners) : "",
  };
}
