import { basename, resolve } from "node:path";

import { type Problem, usage } from "../errors.js";
import { checkName, type Names, printable, type ReservedNames, spell } from "./names.js";
import type { Answer, AnswerRecord, AnswersOf, Option, OptionTable } from "./options.js";
import { spelling } from "./parse.js";

/** How a person is asked. Every question has its default filled in. */
export interface Ask {
  text(question: TextQuestion): Promise<string>;
  choice(message: string, choices: readonly string[], chosen: string): Promise<string>;
  list(message: string, choices: readonly string[], chosen: readonly string[]): Promise<string[]>;
}

export interface TextQuestion {
  readonly message: string;
  readonly filled: string;
  readonly check: (value: string) => MaybePromise<Problem | undefined>;
}

type MaybePromise<Value> = Value | Promise<Value>;

export interface Sources<Table extends OptionTable> {
  readonly table: Table;
  /** From the command line, already parsed: only what was typed. */
  readonly flags: AnswerRecord;
  /** From `--config`, already parsed. */
  readonly config: AnswerRecord;
  /** Undefined where nobody can be asked: no terminal, or `--yes`. */
  readonly ask: Ask | undefined;
  readonly reserved: readonly ReservedNames[];
  readonly cwd: string;
  /** What is wrong with a folder as it is on the disk: said while it is asked for, not after the last question. */
  readonly inspect?: (directory: string) => Promise<Problem | undefined>;
}

export interface Resolved<Answers> {
  readonly answers: Answers;
  readonly names: Names;
}

/** Every answer: from its flag, else the configuration file, else the person, else its default. */
export async function resolveAnswers<const Table extends OptionTable>(
  sources: Sources<Table>,
): Promise<Resolved<AnswersOf<Table>>> {
  const given = { ...sources.config, ...sources.flags };
  const answers: Record<string, Answer> = imply(sources.table, given);
  for (const [key, row] of Object.entries(sources.table)) {
    if (answers[key] !== undefined) continue;
    answers[key] = await answer(row, sources, answers);
  }
  const name = projectName(answers, sources.cwd);
  const problem = checkName(name, sources.reserved);
  if (problem !== undefined) throw usage(problem);
  if (!isComplete(sources.table, answers)) throw new Error("an option is left without an answer");
  return { answers, names: spell(name) };
}

async function answer<Table extends OptionTable>(
  row: Option,
  sources: Sources<Table>,
  answers: AnswerRecord,
): Promise<Answer> {
  if (row.ask === undefined) return row.default;
  if (sources.ask === undefined) {
    if (row.kind === "text" && row.positional) throw missing(row);
    return row.default;
  }
  const checkFolder = (value: string): Problem | undefined =>
    checkName(projectName({ ...answers, directory: value }, sources.cwd), sources.reserved);
  switch (row.kind) {
    case "text": {
      const check = (value: string): MaybePromise<Problem | undefined> =>
        row.check?.(value) ??
        (row.positional ? (checkFolder(value) ?? sources.inspect?.(value)) : undefined);
      return sources.ask.text({ message: row.ask, filled: row.default ?? "", check });
    }
    case "choice":
      return sources.ask.choice(row.ask, row.choices, row.default);
    case "list":
      return row.choices.length === 0 ? [] : sources.ask.list(row.ask, row.choices, row.default);
    case "switch":
      return row.default;
  }
}

/** The folder's name, `.` included, unless one was given. */
function projectName(answers: AnswerRecord, cwd: string): string {
  if (typeof answers.name === "string") return answers.name;
  return basename(resolve(cwd, String(answers.directory)));
}

/** An option that needs another's value chooses it, or contradicts what was chosen. */
function imply(table: OptionTable, given: AnswerRecord): Record<string, Answer> {
  const answers: Record<string, Answer> = { ...given };
  for (const [key, row] of Object.entries(table)) {
    if (row.needs === undefined || given[key] === undefined) continue;
    const { option, value } = row.needs;
    answers[option] ??= value;
    if (answers[option] !== value) throw contradiction(row, option, value);
  }
  return answers;
}

function contradiction(row: Option, option: string, value: string): Error {
  return usage({
    code: "options.contradict",
    message: `${spelling(row)} goes with --${option} ${value} only.`,
    hint: `Leave out one of them, or write --${option} ${value}.`,
  });
}

function missing(row: Option): Error {
  return usage({
    code: `${row.flag}.missing`,
    message: `The ${row.flag} is missing.`,
    hint: `Give it as the first argument: create-secure-api ${printable(String(row.default))} --yes`,
  });
}

/** Every row has an answer of its own kind: the last check before the types are believed. */
function isComplete<Table extends OptionTable>(
  table: Table,
  answers: AnswerRecord,
): answers is AnswersOf<Table> & AnswerRecord {
  return Object.entries(table).every(([key, row]) => fits(row, answers[key]));
}

function fits(row: Option, value: Answer): boolean {
  switch (row.kind) {
    case "switch":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && row.choices.includes(value);
    case "list":
      return Array.isArray(value) && value.every((item) => row.choices.includes(String(item)));
    case "text":
      return typeof value === "string" || (value === undefined && row.default === undefined);
  }
}
