import type { Resource } from "../../../answers/resource.js";
import type { Table } from "../../resource.js";
import { shorten } from "./identifiers.js";

/** The table that links rows of a resource with those that one of its fields names. */
export function linkTable(one: string, field: string): string {
  return shorten(`${one}_${field}`);
}

/** Every table of a resource: its own, and one for each list of others. */
export function tablesOf({ names, fields }: Pick<Resource, "names" | "fields">): readonly Table[] {
  const links = fields.filter(({ type }) => type.kind === "refs");
  return [
    { name: names.plural.snake, field: undefined },
    ...links.map((field) => ({ name: linkTable(names.singular.snake, field.name), field })),
  ];
}
