import type { Answer, AnswerRecord, Option, OptionTable } from "../answers/options.js";

/** The words of the command that gives the same answers again, without a question. */
export function equivalentCommand(table: OptionTable, answers: AnswerRecord): readonly string[] {
  const words = Object.entries(table).flatMap(([key, row]) => flagWords(row, answers[key]));
  return ["npx", "create-secure-api", ...words, "--yes"];
}

function flagWords(row: Option, value: Answer): readonly string[] {
  if (value === undefined || isDefault(row, value)) return [];
  switch (row.kind) {
    case "switch":
      return [value === true ? `--${row.flag}` : `--no-${row.flag}`];
    case "list":
      return [`--${row.flag}`, Array.isArray(value) && value.length > 0 ? value.join(",") : "none"];
    case "choice":
      return [`--${row.flag}`, String(value)];
    case "text":
      if (row.positional) return [String(value)];
      return [
        `--${row.flag}`,
        row.part === "private" ? withoutPassword(String(value)) : String(value),
      ];
  }
}

function isDefault(row: Option, value: Answer): boolean {
  if (row.kind === "text" && row.positional) return false;
  return JSON.stringify(value) === JSON.stringify(row.default);
}

/** Terminals are recorded and scrolled back: the password of a URL is asked for again by whoever needs it. */
function withoutPassword(url: string): string {
  return url.replace(/^([^:]+:\/\/[^:@/]*):[^@/]*@/, "$1@");
}
