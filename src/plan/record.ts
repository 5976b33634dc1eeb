import type { AnswerRecord, OptionTable } from "../answers/options.js";
import type { Tree } from "./plan.js";

/** Where a project keeps what it was generated from. */
export const RECORD_PATH = ".secure-api.json";

/** One resource, as it was asked for, and what it made. */
export interface ResourceRecord {
  readonly name: string;
  readonly plural: string;
  /** As on the command line. */
  readonly fields: readonly string[];
  /** Names of the flags that are on. */
  readonly flags: readonly string[];
  readonly migration: { readonly path: string; readonly revision: string };
  /** Everything that was written for it alone, the migration too. */
  readonly files: readonly string[];
}

/** What a project knows of its making: provenance for later commands, never the truth about the code. */
export interface ProjectRecord {
  readonly generator: { readonly name: string; readonly version: string };
  readonly stack: string;
  readonly answers: AnswerRecord;
  readonly resources: readonly ResourceRecord[];
  /** Path -> sha256 of the text as it was generated. Files with secrets are not here. */
  readonly files: Readonly<Record<string, string>>;
}

/** The answers that shape files and give nothing away, in the order of the table: however they came. */
export function recordedAnswers(table: OptionTable, answers: AnswerRecord): AnswerRecord {
  const keys = Object.keys(table).filter((key) => table[key]?.part === "project" && key in answers);
  return Object.fromEntries(keys.map((key) => [key, answers[key]]));
}

/** The hash of every file but the secret ones. */
export function hashes(
  tree: Tree,
  secret: ReadonlySet<string>,
  sha256: (text: string) => string,
): Readonly<Record<string, string>> {
  const entries = [...tree].filter(([path]) => !secret.has(path));
  return Object.fromEntries(entries.map(([path, { text }]) => [path, sha256(text)]));
}

export function recordText(record: ProjectRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** The record that a text holds; undefined where it is not of our making. */
export function readRecord(text: string): ProjectRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The version that wrote a record, whatever else it holds: a later one may hold it differently. */
export function recordedVersion(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return hasVersion(value) ? value.generator.version : undefined;
  } catch {
    return undefined;
  }
}

function hasVersion(value: unknown): value is Pick<ProjectRecord, "generator"> {
  return hasShape(value, {
    generator: (generator) => hasShape(generator, { name: isText, version: isText }),
  });
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";

function hasShape(value: unknown, shape: Readonly<Record<string, Test>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const object = value;
  return Object.entries(shape).every(([name, test]) => test(Reflect.get(object, name)));
}

function listOf(test: Test): Test {
  return (value) => Array.isArray(value) && value.every(test);
}

const mapOf =
  (test: Test): Test =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(test);

const isAnswer: Test = (value) =>
  value === undefined || typeof value === "boolean" || isText(value) || listOf(isText)(value);

const isResource: Test = (value) =>
  hasShape(value, {
    name: isText,
    plural: isText,
    fields: listOf(isText),
    flags: listOf(isText),
    files: listOf(isText),
    migration: (migration) => hasShape(migration, { path: isText, revision: isText }),
  });

function isRecord(value: unknown): value is ProjectRecord {
  return hasShape(value, {
    generator: (generator) => hasShape(generator, { name: isText, version: isText }),
    stack: isText,
    answers: mapOf(isAnswer),
    resources: listOf(isResource),
    files: mapOf(isText),
  });
}
