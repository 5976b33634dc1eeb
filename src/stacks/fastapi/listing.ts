import { byCodePoint, byKind, importLine, kindOf, naturally } from "./python.js";

/** One import statement of a registry: what it takes from a module, as it is spelt there. */
export interface Entry {
  readonly module: string;
  /** `router as notes`, `Note`. */
  readonly names: readonly string[];
}

/** A registry in parts: everything but its docstring, which is kept as it is. */
export interface Listing {
  readonly imports: readonly Entry[];
  readonly listed: readonly string[];
}

/** A registry that was understood. */
export interface Parsed extends Listing {
  readonly kind: "parsed";
  /** Docstring, and whatever else the form begins with. */
  readonly head: string;
}

/** A registry of another form: where and why. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly line: number;
  readonly reason: string;
}

/** What tells one registry from the other. */
export interface Form {
  readonly path: string;
  /** Package of every module in it. */
  readonly package: string;
  /** Between the docstring and the imports. */
  readonly preamble: string;
  readonly open: string;
  readonly close: string;
  /** One name as a line of the list, and back. */
  readonly item: (name: string) => string;
  readonly readItem: RegExp;
  readonly compare: (one: string, other: string) => number;
}

/** What is served. */
export const ROUTERS: Form = {
  path: "app/api/v1/__init__.py",
  package: "app.api.v1",
  preamble: "from fastapi import APIRouter\n\n",
  open: "ROUTERS: tuple[APIRouter, ...] = (",
  close: ")",
  item: (name) => `    ${name},`,
  readItem: /^ {4}(\w+),$/u,
  compare: naturally,
};

/** What is stored. */
export const MODELS: Form = {
  path: "app/models/__init__.py",
  package: "app.models",
  preamble: "",
  open: "__all__ = [",
  close: "]",
  item: (name) => `    "${name}",`,
  readItem: /^ {4}"(\w+)",$/u,
  compare: (one, other) => kindOf(one) - kindOf(other) || byCodePoint(one, other),
};

const DOCSTRING = /^"""(?:(?!""")[^])*"""\n\n/u;
const IMPORT = /^from ([\w.]+) import (?:\((?<wrapped>[^()]*)\)|(?<line>[\w, ]+))$/u;
const NAME = /^\w+(?: as \w+)?$/u;

/** What a registry holds after its docstring, in the form that formatter and linter leave alone. */
export function body(form: Form, { imports, listed }: Listing): string {
  const statements = imports
    .flatMap(statementsOf)
    .toSorted(bySortedModule)
    .map(({ module, names }) => importLine(module, names));
  const items = listed.toSorted(form.compare).map(form.item);
  return `${form.preamble}${statements.join("\n")}\n\n${[form.open, ...items, form.close].join("\n")}\n`;
}

/** A name that is changed on the way has a statement of its own. */
function statementsOf({ module, names }: Entry): readonly Entry[] {
  const plain = names.filter((name) => !name.includes(" as ")).toSorted(byKind);
  const changed = names.filter((name) => name.includes(" as ")).map((name) => [name]);
  return [plain, ...changed].filter((one) => one.length > 0).map((one) => ({ module, names: one }));
}

function bySortedModule(one: Entry, other: Entry): number {
  return naturally(one.module, other.module) || byKind(one.names[0] ?? "", other.names[0] ?? "");
}

/** `ROUTERS` and its imports, as `create` writes them. */
export function routersBody(listing: Listing): string {
  return body(ROUTERS, listing);
}

/** `__all__` and its imports, as `create` writes them. */
export function modelsBody(listing: Listing): string {
  return body(MODELS, listing);
}

/** The number of the line in which an offset lies. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** A registry taken apart. */
export function parse(form: Form, text: string): Parsed | Unreadable {
  if (text === "") return unreadable(1, "it is missing or empty");
  if (text.includes("\r")) return unreadable(1, "its lines end with CR LF, not with LF");
  const head = DOCSTRING.exec(text)?.[0];
  if (head === undefined)
    return unreadable(1, "it does not begin with a docstring and an empty line");
  const start = head.length + form.preamble.length;
  if (!text.startsWith(form.preamble, head.length)) {
    return unreadable(lineOf(text, head.length), `"${form.preamble.trim()}" should stand here`);
  }
  const open = text.indexOf(`\n${form.open}\n`, start - 1);
  if (open === -1) return unreadable(lineOf(text, text.length - 1), `"${form.open}" is missing`);
  const imports = parseImports(text.slice(start, open + 1), lineOf(text, start), form);
  if ("reason" in imports) return imports;
  const rest = text.slice(open + form.open.length + 2);
  const listed = parseList(form, rest, lineOf(text, open + 1) + 1);
  if ("reason" in listed) return listed;
  return { kind: "parsed", head, imports, listed };
}

function unreadable(line: number, reason: string): Unreadable {
  return { kind: "unreadable", line, reason };
}

/** The statements one by one: a wrapped one takes several lines. */
function parseImports(text: string, firstLine: number, form: Form): readonly Entry[] | Unreadable {
  const entries = new Map<string, readonly string[]>();
  let statement = "";
  let start = firstLine;
  for (const [index, line] of text.split("\n").entries()) {
    if (statement === "") start = firstLine + index;
    statement = statement === "" ? line : `${statement} ${line.trim()}`;
    const isOpen = statement.includes("(") && !statement.includes(")");
    if (statement === "" || isOpen) continue;
    const entry = parseImport(statement, form);
    if (typeof entry === "string") return unreadable(start, entry);
    entries.set(entry.module, [...(entries.get(entry.module) ?? []), ...entry.names]);
    statement = "";
  }
  if (statement !== "") return unreadable(start, "an import has no end");
  return [...entries].map(([module, names]) => ({ module, names }));
}

function parseImport(statement: string, form: Form): Entry | string {
  const match = IMPORT.exec(statement);
  const [, module = ""] = match ?? [];
  if (match === null || !module.startsWith(`${form.package}.`)) {
    return `"${statement}" is no import from ${form.package}`;
  }
  const list = match.groups?.wrapped ?? match.groups?.line ?? "";
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length > 0 && names.every((name) => NAME.test(name))
    ? { module, names }
    : `"${statement}" imports no names that could be listed`;
}

function parseList(form: Form, text: string, firstLine: number): readonly string[] | Unreadable {
  const lines = text.split("\n");
  const end = lines.indexOf(form.close);
  const items = lines.slice(0, Math.max(end, 0)).map((line) => form.readItem.exec(line)?.[1]);
  const odd = items.indexOf(undefined);
  if (end === -1) return unreadable(firstLine, `the list has no end: "${form.close}" is missing`);
  if (odd !== -1) {
    return unreadable(
      firstLine + odd,
      `"${lines[odd] ?? ""}" is no entry such as "${form.item("name")}"`,
    );
  }
  if (lines.slice(end + 1).some((line) => line !== "")) {
    return unreadable(firstLine + end + 1, "something follows the list");
  }
  return items.filter((item) => item !== undefined);
}
