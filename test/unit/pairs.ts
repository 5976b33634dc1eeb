import type { Answer, AnswerRecord, Option, OptionTable } from "../../src/answers/options.js";

interface Setting {
  readonly key: string;
  readonly value: string | boolean;
}

type Row = ReadonlyMap<string, string | boolean>;

type Values = readonly (string | boolean)[];
type Factor = readonly [key: string, values: Values];

/** What can be set one by one: a switch, a choice, and each item of a list. */
export function factors(table: OptionTable): ReadonlyMap<string, Values> {
  const shaping = Object.entries(table).filter(([, row]) => row.part === "project");
  return new Map(shaping.flatMap(([key, row]) => factorsOf(key, row)));
}

function factorsOf(key: string, row: Option): readonly Factor[] {
  switch (row.kind) {
    case "switch":
      return [[key, [true, false]]];
    case "choice":
      return [[key, row.choices]];
    case "list":
      return row.choices.map((item): Factor => [`${key}.${item}`, [true, false]]);
    case "text":
      return [];
  }
}

/** Every two settings of different options, as text that can be kept in a set. */
export function pairsOf(row: Row): readonly string[] {
  const settings = [...row].map(([key, value]) => `${key}=${String(value)}`).toSorted();
  return settings.flatMap((one, index) =>
    settings.slice(index + 1).map((other) => `${one} ${other}`),
  );
}

/** Few combinations in which every two settings meet: greedy, and the same on every run. */
export function coveringRows(table: OptionTable): readonly Row[] {
  const all = factors(table);
  const missing = new Set(allPairs(all));
  const rows: Row[] = [];
  while (missing.size > 0) {
    const row = bestRow(all, missing);
    for (const pair of pairsOf(row)) missing.delete(pair);
    rows.push(row);
  }
  return rows;
}

function allPairs(all: ReadonlyMap<string, Values>): readonly string[] {
  const settings = [...all].flatMap(([key, values]) =>
    values.map((value): Setting => ({ key, value })),
  );
  return settings.flatMap((one) =>
    settings
      .filter((other) => one.key < other.key)
      .flatMap((other) => pairsOf(new Map([one, other].map(({ key, value }) => [key, value])))),
  );
}

/** Begin with a pair that is missing, then give each option the value that brings the most new pairs. */
function bestRow(all: ReadonlyMap<string, Values>, missing: ReadonlySet<string>): Row {
  const [first = ""] = missing;
  const row = new Map<string, string | boolean>();
  for (const setting of first.split(" ")) {
    const [key = "", text = ""] = setting.split("=");
    row.set(key, all.get(key)?.find((value) => String(value) === text) ?? text);
  }
  for (const [key, values] of all) {
    if (row.has(key)) continue;
    const gain = (value: string | boolean): number =>
      pairsOf(new Map([...row, [key, value]])).filter((pair) => missing.has(pair)).length;
    const best = values.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    row.set(key, best);
  }
  return row;
}

/** A row as the answers that it stands for. */
export function answersOf(table: OptionTable, row: Row): AnswerRecord {
  const shaping = Object.entries(table).filter(([key, option]) =>
    option.kind === "list" ? option.part === "project" : row.has(key),
  );
  return Object.fromEntries(
    shaping.map(([key, option]): [string, Answer] => [
      key,
      option.kind === "list"
        ? option.choices.filter((item) => row.get(`${key}.${item}`) === true)
        : row.get(key),
    ]),
  );
}
