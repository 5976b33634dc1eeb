/** One real run in a pseudo-terminal: packed, installed, answered with Enter, from the command to the next prompt. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Screen } from "./screen.js";

/** @typedef {import("./svg.js").Recording} Recording */
/** @typedef {Readonly<Record<string, import("../../src/answers/options.ts").Option>>} OptionTable */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SIZE = { columns: 88, rows: 60 };
export const COMMAND = "npx create-secure-api my-api";
export const TITLE = `${COMMAND}: a recorded run`;

/** Invisible, so that the end of a run is not mistaken for a dollar sign that it printed. */
const MARK = "\u001b]0;shell\u0007";
/** What the caller's own terminal, npm or build machine says must not show. */
const FOREIGN = /^(npm_|CI$|NO_COLOR$|FORCE_COLOR$|COLUMNS$|LINES$|NODE_ENV$|VIRTUAL_ENV$)/u;

/** @returns {Record<string, string>} */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const own = { npm_config_loglevel: "error", npm_config_update_notifier: "false" };
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])), ...own };
}

/** Pack the package as it would be published, and install it in an empty folder. @param {string} folder */
function installPackage(folder) {
  /** @type {import("node:child_process").ExecFileSyncOptions} */
  const quiet = { stdio: ["ignore", "ignore", "inherit"], env: environment() };
  execFileSync("npm", ["pack", "--pack-destination", folder], { ...quiet, cwd: ROOT });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(path.join(folder, "package.json"), "{}");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", tarball], { ...quiet, cwd: folder });
}

/**
 * Type the command, accept every default, and wait for the shell again.
 *
 * @param {OptionTable} options
 * @returns {Recording}
 */
export function record(options) {
  const folder = mkdtempSync(path.join(tmpdir(), "recording-"));
  try {
    installPackage(folder);
    const questions = Object.values(options).filter(isAsked);
    const steps = [
      { wait: MARK, keys: `${COMMAND}\r` },
      ...questions.map(({ ask }) => ({ wait: ask, keys: "\r" })),
      { wait: MARK, keys: "" },
    ];
    const script = { ...SIZE, cwd: folder, env: { ...environment(), PS1: `${MARK}$ ` }, steps };
    const printed = execFileSync("python3", [path.join(ROOT, "scripts/docs/capture.py")], {
      input: JSON.stringify(script),
      stdio: ["pipe", "pipe", "inherit"],
      maxBuffer: 1e8,
    });
    return { columns: SIZE.columns, events: JSON.parse(printed.toString()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The directory is in the command; a checklist without entries is not shown. @param {OptionTable[string]} row */
function isAsked(row) {
  if (row.ask === undefined || (row.kind === "list" && row.choices.length === 0)) return false;
  return !(row.kind === "text" && row.positional);
}

/** What the terminal shows at the end, without the shell's last prompt. @param {Recording} recording */
export function transcriptOf({ columns, events }) {
  const screen = new Screen(columns);
  for (const [, text] of events) screen.write(text);
  return screen.text().replace(/\n\$$/u, "").trimEnd();
}

/** The same for two runs of one program: times, and what is random in each project, are blanked. @param {string} transcript */
export function comparable(transcript) {
  return transcript.replaceAll(/\d+\.\d s/gu, "0.0 s").replaceAll(/\b[\w-]{20,}\b/gu, "<random>");
}
