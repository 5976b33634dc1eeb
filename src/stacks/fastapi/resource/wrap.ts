/*
 * Long lines, broken as this stack's formatter breaks them: at the last bracket of the line (the
 * first one of a definition), its content on a line of its own, or each part on one.
 */

const COLUMNS = 100;
const INDENT = "    ";
const DOCSTRING = /^( *)"""(.*)"""$/u;
const PATH = /^( *)(\w+)="([^"]+)"(,?)$/u;
const OPENING = "([{";
const CLOSING = ")]}";

/** Every line of a file within the limit. Templates are written without a thought for it. */
export function wrapLines(text: string): string {
  return text.split("\n").flatMap(wrapLine).join("\n");
}

function wrapLine(line: string): readonly string[] {
  if (line.length <= COLUMNS) return [line];
  const docstring = DOCSTRING.exec(line);
  if (docstring !== null) return wrapDocstring(docstring[1] ?? "", docstring[2] ?? "");
  const split = splitLine(line);
  if (split === undefined) return wrapPath(line);
  const { head, body, tail } = split;
  const assigned = /^( *)(\w+ = )(.+)$/u.exec(line);
  if (head.length > COLUMNS && assigned !== null) {
    const [, margin = "", target = "", value = ""] = assigned;
    return [`${margin}${target}(`, ...wrapLine(`${margin}${INDENT}${value}`), `${margin})`];
  }
  const indent = `${/^ */u.exec(line)?.[0] ?? ""}${INDENT}`;
  const whole = `${indent}${body}`;
  const parts = splitArguments(body);
  const isLiteral = !/[\w)\]][([{]$/u.test(head);
  // A list or a dictionary that is broken at all has each of its parts on a line.
  if (whole.length <= COLUMNS && (parts.length < 2 || !isLiteral)) return [head, whole, tail];
  if (parts.length < 2) return [head, ...wrapLine(whole), tail];
  return [head, ...parts.flatMap((part) => wrapLine(`${indent}${part},`)), tail];
}

/** In two lines or more, as the quotes that end a single one would stand beside it. */
function wrapDocstring(indent: string, text: string): readonly string[] {
  const lines = [`${indent}"""`];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    const gap = /"""$|^ *$/u.test(last) ? "" : " ";
    const longer = `${last}${gap}${word}`;
    if (`${longer}"""`.length <= COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(`${indent}${word}`);
  }
  return [...lines, `${indent}"""`];
}

/** A path that is passed by name, in two parts. */
function wrapPath(line: string): readonly string[] {
  const [, indent = "", name = "", text = "", comma = ""] = PATH.exec(line) ?? [];
  const room = COLUMNS - indent.length - INDENT.length - 2;
  const cut = text.lastIndexOf("/", room);
  if (cut <= 0) return [line];
  const parts = [text.slice(0, cut), text.slice(cut)].map((part) => `${indent}${INDENT}"${part}"`);
  return [`${indent}${name}=(`, ...parts, `${indent})${comma}`];
}

interface Split {
  readonly head: string;
  readonly body: string;
  readonly tail: string;
}

interface Pair {
  readonly from: number;
  readonly to: number;
}

function splitLine(line: string): Split | undefined {
  const pairs = outerPairs(line);
  const pair = /^\s*(?:async )?def /u.test(line) ? pairs[0] : pairs.at(-1);
  if (pair === undefined || pair.to === pair.from + 1) return undefined;
  const indent = /^ */u.exec(line)?.[0] ?? "";
  return {
    head: line.slice(0, pair.from + 1),
    body: line.slice(pair.from + 1, pair.to).replace(/,$/u, ""),
    tail: `${indent}${line.slice(pair.to)}`,
  };
}

/** The brackets of a line that stand in no other bracket and in no string. */
function outerPairs(line: string): readonly Pair[] {
  const pairs: Pair[] = [];
  let depth = 0;
  let from = 0;
  for (const [index, char] of codeOf(line)) {
    if (OPENING.includes(char)) {
      if (depth === 0) from = index;
      depth += 1;
    } else if (CLOSING.includes(char)) {
      depth -= 1;
      if (depth === 0) pairs.push({ from, to: index });
    }
  }
  return pairs;
}

/** What stands between the commas of the outermost level. */
function splitArguments(body: string): readonly string[] {
  const commas: number[] = [];
  let depth = 0;
  for (const [index, char] of codeOf(body)) {
    if (OPENING.includes(char)) depth += 1;
    else if (CLOSING.includes(char)) depth -= 1;
    else if (char === "," && depth === 0) commas.push(index);
  }
  const starts = [0, ...commas.map((comma) => comma + 1)];
  return starts
    .map((start, index) => body.slice(start, commas[index] ?? body.length).trim())
    .filter((part) => part !== "");
}

/** The characters outside of strings, with their places. */
function codeOf(line: string): readonly (readonly [number, string])[] {
  const code: (readonly [number, string])[] = [];
  let quote = "";
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (quote !== "") {
      if (char === "\\") index += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") {
      quote = char;
    } else {
      code.push([index, char]);
    }
  }
  return code;
}
