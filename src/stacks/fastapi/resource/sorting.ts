import type { Field } from "../../../answers/fields.js";
import { lengthOf } from "./parameters.js";
import { TYPES } from "./types.js";

/** PostgreSQL compares whole texts in an index of limited size, and a cursor holds the value. */
const LONGEST_SORTED = 255;

/** Own scalar fields that are short enough to stand in a cursor. */
export function isSortable(field: Field): boolean {
  const { isSortable } = TYPES[field.type.kind];
  return isSortable && !field.isPrivate && lengthOf(field.type) <= LONGEST_SORTED;
}
