import type { AnswerRecord, OptionTable } from "../answers/options.js";
import type { Tree } from "./plan.js";

/** Where a project keeps what it was generated from. */
export const RECORD_PATH = ".secure-api.json";

/** What a project knows of its making: provenance for later commands, never the truth about the code. */
export interface ProjectRecord {
  readonly generator: { readonly name: string; readonly version: string };
  readonly stack: string;
  readonly answers: AnswerRecord;
  readonly resources: readonly unknown[];
  /** Path -> sha256 of the text as it was generated. Files with secrets are not here. */
  readonly files: Readonly<Record<string, string>>;
}

/** The answers that shape files and give nothing away. */
export function recordedAnswers(table: OptionTable, answers: AnswerRecord): AnswerRecord {
  const isRecorded = ([key]: [string, unknown]): boolean => table[key]?.part === "project";
  return Object.fromEntries(Object.entries(answers).filter(isRecorded));
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
