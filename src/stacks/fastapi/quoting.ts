/*
 * One helper for each language that a template is written in. A value that a user typed reaches a
 * file through one of these, so that no value can end a string, a comment or a line early.
 */

const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Double quotes, backslashes and control characters escaped: the same in Python, TOML, YAML and JSON. */
function doubleQuoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(CONTROL, escaped)}"`;
}

/** As black writes it: single quotes where they need fewer backslashes. */
function pythonQuoted(text: string): string {
  const double = doubleQuoted(text);
  const single = `'${text.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll(CONTROL, escaped)}'`;
  return backslashes(single) < backslashes(double) ? single : double;
}

function backslashes(text: string): number {
  return text.split("\\").length;
}

const PLAIN_SETTING = /^[A-Za-z0-9_.,:/@%+=?&~-]*$/;

/** A value in a `.env` file; single quotes keep `#`, `$` and spaces what they are. */
function setting(text: string): string {
  if (PLAIN_SETTING.test(text)) return text;
  return `'${text.replaceAll(CONTROL, "").replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

/** Prose: nothing in it becomes markup. */
function prose(text: string): string {
  return text.replaceAll(CONTROL, " ").replaceAll(/[\\`*_[\]<>#|&]/g, String.raw`\$&`);
}

export const quoting = {
  py: pythonQuoted,
  toml: doubleQuoted,
  yaml: doubleQuoted,
  env: setting,
  md: prose,
} as const satisfies Readonly<Record<string, (text: string) => string>>;
