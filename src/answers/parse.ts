import { together, usage } from "../errors.js";
import { printable } from "./names.js";
import type { Answer, ListOption, Option, OptionTable } from "./options.js";

/** A value as it came in, and where from, as the user knows it: `--database`, `"database" in answers.json`. */
export interface Given {
  readonly value: unknown;
  readonly origin: string;
}

/** The flag as it is typed, for messages. */
export function spelling(row: Option): string {
  if (row.kind === "text" && row.positional) return `<${row.flag}>`;
  return row.kind === "switch" && row.default ? `--no-${row.flag}` : `--${row.flag}`;
}

/** One given value, checked against its row. */
export function parseAnswer(row: Option, given: Given): Answer {
  const { value } = given;
  switch (row.kind) {
    case "switch":
      if (typeof value === "boolean") return value;
      throw wrong(row, given, "true or false");
    case "choice":
      if (typeof value === "string" && row.choices.includes(value)) return value;
      throw wrong(row, given, row.choices.join(" or "));
    case "list":
      return parseList(row, given);
    case "text":
      if (typeof value !== "string") throw wrong(row, given, "text");
      return parseText(row.check?.(value), value);
  }
}

function parseText(problem: Parameters<typeof usage>[0] | undefined, value: string): string {
  if (problem !== undefined) throw usage(problem);
  return value;
}

function parseList(row: ListOption, given: Given): readonly string[] {
  const { value, origin } = given;
  const list: unknown = typeof value === "string" ? value.split(",") : value;
  if (!Array.isArray(list)) throw wrong(row, given, "a list");
  const items = list.map((item: unknown) =>
    typeof item === "string" ? item.trim() : String(item),
  );
  const named = items.filter((item) => item !== "" && item !== "none");
  if (named.length > 0 && items.includes("none")) throw wrong(row, given, "either none or some");
  const unknown = named.find((item) => !row.choices.includes(item));
  if (unknown !== undefined) throw wrong(row, { value: unknown, origin }, offered(row));
  return row.choices.filter((choice) => named.includes(choice));
}

function offered(row: ListOption): string {
  return row.choices.length === 0
    ? "none: this version has no optional parts"
    : `any of ${row.choices.join(", ")}, or none`;
}

function wrong(row: Option, { value, origin }: Given, expected: string): Error {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return usage({
    code: `${row.flag}.invalid`,
    message: `"${printable(shown)}" is not a value of ${origin}.`,
    hint: `It can be ${expected}.`,
  });
}

/** The answers that a configuration file gives, each checked; keys may be spelt as the flags are. */
export function parseConfig(
  table: OptionTable,
  config: unknown,
  file: string,
): Readonly<Record<string, Answer>> {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw usage({
      code: "config.invalid",
      message: `"${printable(file)}" does not hold a JSON object.`,
      hint: 'Write one such as {"database": "sqlite", "docker": false}.',
    });
  }
  const answers: Record<string, Answer> = {};
  const readings = Object.entries(config).map(([given, value]) => () => {
    if (given === "$schema") return;
    const key = given.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const row = Object.hasOwn(table, key) ? table[key] : undefined;
    if (row === undefined) throw unknownKey(table, given, file);
    if (Object.hasOwn(answers, key)) throw twice(key, row, file);
    answers[key] = parseAnswer(row, { value, origin: `"${given}" in ${printable(file)}` });
  });
  together(readings, "create-secure-api");
  return answers;
}

function twice(key: string, row: Option, file: string): Error {
  return usage({
    code: "config.twice",
    message: `"${key}" and "${row.flag}" in ${printable(file)} are the same option.`,
    hint: "Leave out one of them.",
  });
}

function unknownKey(table: OptionTable, key: string, file: string): Error {
  return usage({
    code: "config.unknown-key",
    message: `"${printable(file)}" has an unknown key "${printable(key)}".`,
    hint: `Keys: ${Object.keys(table).join(", ")}.`,
  });
}
