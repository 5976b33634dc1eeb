/** The table of types of fields in the README, from the data that the command line is read by. Pure. */

import { code, markdownTable } from "./options.js";

/** @typedef {typeof import("../../src/answers/fieldtypes.ts").FIELD_TYPES} FieldTypes */

const MARKS = [
  ["optional", "`?`"],
  ["unique", "`:unique`"],
  ["index", "`:index`"],
  ["private", "`:private`"],
];

/**
 * @param {FieldTypes} types
 * @returns {string}
 */
export function fieldsTable(types) {
  const rows = Object.values(types).map((row) => [
    code(row.usage),
    row.summary,
    MARKS.flatMap(([can = "", mark = ""]) =>
      row.cannotBe.some((one) => one === can) ? [] : [mark],
    )
      .concat(row.acceptDefault === undefined ? [] : ["`=default`"])
      .join(" "),
    row.hasRange ? "from, to" : "",
  ]);
  return markdownTable([["type", "holds", "takes", "lists can ask for"], ...rows]);
}
