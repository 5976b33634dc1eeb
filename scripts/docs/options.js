/** The table of options in the README, from the data that the flags and the prompts come from. Pure. */

/** @typedef {import("../../src/answers/options.ts").Option} Option */

/**
 * @param {Readonly<Record<string, Option>>} table
 * @returns {string}
 */
export function optionsTable(table) {
  const rows = Object.values(table).map((row) => [
    code(flagOf(row)),
    isAsked(row) ? "yes" : "",
    defaultOf(row),
    row.kind === "list"
      ? `${row.summary}: ${row.choices.join(", ") || "there are none yet"}`
      : row.summary,
  ]);
  return markdownTable([["option", "asked", "default", "meaning"], ...rows]);
}

/** A checklist without entries is not shown. @param {Option} row */
export function isAsked(row) {
  return row.ask !== undefined && !(row.kind === "list" && row.choices.length === 0);
}

/** @param {Option} row */
function flagOf(row) {
  if (row.kind === "text")
    return row.positional ? `[${row.flag}]` : `--${row.flag} <${row.placeholder}>`;
  if (row.kind === "switch") return row.default ? `--no-${row.flag}` : `--${row.flag}`;
  return `--${row.flag} ${row.kind === "list" ? "<list>" : row.choices.join("|")}`;
}

/** @param {Option} row */
function defaultOf(row) {
  if (row.kind === "switch" || row.default === undefined) return "";
  const text = typeof row.default === "string" ? row.default : row.default.join(",");
  return code(text === "" ? "none" : text);
}

/** @param {string} text */
export function code(text) {
  return `\`${text}\``;
}

/**
 * As Prettier would write it.
 *
 * @param {string[][]} rows
 */
export function markdownTable(rows) {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", String.raw`\|`)));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const [head = "", ...body] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, rule, ...body].join("\n");
}
