/** One run of the program as a person has it: typed into a shell, every question answered with Enter. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { isAsked } from "./options.js";
import { Screen } from "./screen.js";

/** @typedef {import("./svg.js").Recording} Recording */
/** @typedef {Readonly<Record<string, import("../../src/answers/options.ts").Option>>} OptionTable */
/** @typedef {{ cwd: string, env: Readonly<Record<string, string | undefined>>, pace?: number }} Place */

const SIZE = { columns: 92, rows: 60 };
export const COMMAND = "npx create-secure-api my-api";
export const TITLE = `${COMMAND}: a recorded run`;

/** Invisible, so that the shell's prompt is not mistaken for a dollar sign that the program prints. */
const MARK = "\u001b]0;shell\u0007";
const END_OF_INPUT = "\u0004";

/**
 * Type the command, accept every default, and wait for the shell again.
 *
 * @param {OptionTable} options
 * @param {Place} place
 * @returns {Recording}
 */
export function record(options, { cwd, env, pace = 0 }) {
  // The directory is in the command.
  const isOpen = (/** @type {OptionTable[string]} */ row) =>
    !(row.kind === "text" && row.positional);
  const questions = Object.values(options).filter((row) => isAsked(row) && isOpen(row));
  const job = {
    argv: ["/bin/sh", "-i"],
    cwd,
    env: { ...env, PS1: `${MARK}$ `, TERM: "xterm-256color" },
    ...SIZE,
    seconds: 300,
    pace,
    steps: [
      [MARK, `${COMMAND}\r`],
      ...questions.map(({ ask }) => [ask, "\r"]),
      [MARK, END_OF_INPUT],
    ],
  };
  const program = fileURLToPath(new URL("terminal.py", import.meta.url));
  const run = spawnSync("python3", [program], { input: JSON.stringify(job), maxBuffer: 1e8 });
  if (run.status !== 0) throw new Error(`nothing was recorded: ${run.stderr.toString()}`);
  return { columns: SIZE.columns, events: upToTheEnd(JSON.parse(run.stdout.toString()).events) };
}

/** Without the last prompt of the shell and what follows it. @param {Recording["events"]} events */
function upToTheEnd(events) {
  const last = events.findLastIndex(([, text]) => text.includes(MARK));
  const [time, text] = events[last] ?? [0, ""];
  return [...events.slice(0, last), /** @type {[number, string]} */ ([time, text.split(MARK)[0]])];
}

/** @param {string} text @returns {Recording} */
export function readRecording(text) {
  return JSON.parse(text);
}

/** What the terminal shows at the end. @param {Recording} recording */
export function transcriptOf({ columns, events }) {
  const screen = new Screen(columns);
  for (const [, text] of events) screen.write(text);
  return screen.text();
}

/** The same for two runs of one program: what each run counts, times or makes up is blanked. @param {string} transcript */
export function comparable(transcript) {
  return transcript
    .replaceAll(/\d+\.\d s/gu, "0.0 s")
    .replace(/Write \d+ files/u, "Write all files")
    .replaceAll(/(Password +)\S+/gu, "$1…");
}
