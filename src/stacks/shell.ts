import type { Argv, Platform } from "./stack.js";

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
const PLAIN_ON_WINDOWS = /^[A-Za-z0-9_@+=:,./\\-]+$/;

/** One word as a person would type it in this system's usual shell. Only ever shown, never run. */
export function shellWord(word: string, platform: Platform): string {
  if (platform === "windows") {
    return PLAIN_ON_WINDOWS.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
  }
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command line to show. */
export function shellLine(argv: Argv | readonly string[], platform: Platform): string {
  return argv.map((word) => shellWord(word, platform)).join(" ");
}
