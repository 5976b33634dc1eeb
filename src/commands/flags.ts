import { type Command, Option as Flag } from "commander";

import type { Answer, AnswerRecord, Option, OptionTable } from "../answers/options.js";
import { parseAnswer, spelling } from "../answers/parse.js";
import { together } from "../errors.js";

/** Give a command the flags of its options. None has a default: what was typed must be told from what was not. */
export function addFlags(command: Command, table: OptionTable): void {
  for (const row of Object.values(table)) {
    if (row.kind === "text" && row.positional) {
      command.argument(`[${row.flag}]`, row.summary);
      continue;
    }
    for (const flag of flagsOf(row)) command.addOption(flag);
  }
}

function flagsOf(row: Option): readonly Flag[] {
  switch (row.kind) {
    case "switch": {
      const on = new Flag(`--${row.flag}`, row.means ?? row.summary).hideHelp(row.default);
      const off = new Flag(`--no-${row.flag}`, row.summary).hideHelp(!row.default);
      // Commander takes a lone --no-x as "on by default"; with both declared, neither is.
      return [on, off];
    }
    case "choice": {
      const summary = `${row.summary} (default: ${row.default})`;
      return [new Flag(`--${row.flag} <${row.choices.join("|")}>`, summary)];
    }
    case "list":
      return [
        new Flag(`--${row.flag} <list>`, `${row.summary} (${offer(row.choices)})`).argParser(join),
      ];
    case "text":
      return [new Flag(`--${row.flag} <${row.placeholder}>`, row.summary)];
  }
}

/** A list that is given twice is one list. */
function join(value: string, before: unknown): string {
  return typeof before === "string" ? `${before},${value}` : value;
}

function offer(choices: readonly string[]): string {
  return choices.length === 0 ? "there are none yet" : choices.join(", ");
}

/** What was typed, checked. */
export function readFlags(
  command: Command,
  table: OptionTable,
  positional: string | undefined,
): AnswerRecord {
  const typed: Record<string, unknown> = command.opts();
  const answers: Record<string, Answer> = {};
  const readings = Object.entries(table).map(([key, row]) => () => {
    const isPositional = row.kind === "text" && row.positional === true;
    const value = isPositional ? positional : typed[key];
    if (value !== undefined) answers[key] = parseAnswer(row, { value, origin: spelling(row) });
  });
  together(readings, "create-secure-api");
  return answers;
}
