/*
 * Python source as this stack's formatter and linter want it: wrapped at 100 columns, imports in
 * order. Files that are put together from parts come out as if somebody had written them whole.
 */

const COLUMNS = 100;

/** As the linter sorts: without case, by code point, and `item2` before `item10`. */
export function naturally(one: string, other: string): number {
  return compare(one.toLowerCase(), other.toLowerCase());
}

/** The same with capitals before small letters: how the linter sorts a list of names. */
export function byCodePoint(one: string, other: string): number {
  return compare(one, other);
}

function compare(one: string, other: string): number {
  const [left, right] = [parts(one), parts(other)];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (part !== against) return compareParts(part, against);
  }
  return left.length - right.length;
}

function parts(name: string): readonly string[] {
  return name.match(/\d+|\D+/gu) ?? [];
}

function compareParts(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  return Number.isNaN(difference) ? Number(one > other) - Number(one < other) : difference;
}

/** One import statement, wrapped where it is too long. */
export function importLine(module: string, names: readonly string[]): string {
  const sorted = names.toSorted(byKind);
  const line = `from ${module} import ${sorted.join(", ")}`;
  if (line.length <= COLUMNS) return line;
  return `from ${module} import (\n${sorted.map((name) => `    ${name},\n`).join("")})`;
}

/** CONSTANTS, then Classes, then functions: how ruff orders the members of an import. */
export function byKind(one: string, other: string): number {
  return kindOf(one) - kindOf(other) || naturally(one, other);
}

/** 0 for a CONSTANT, 1 for a Class, 2 for the rest. */
export function kindOf(name: string): number {
  if (/^[A-Z0-9_]+$/u.test(name) && name.length > 1) return 0;
  return /^[A-Z]/u.test(name) ? 1 : 2;
}

const APP_IMPORTS = /(?:^from (?:app|tests)[\w.]* import (?:\([^)]*\)|[^\n(]+)\n)+/mu;
const ONE_IMPORT = /^from ([\w.]+) import (?:\([^)]*\)|[^\n(]+)\n/gmu;

interface Statement {
  readonly module: string;
  readonly text: string;
}

/** The file's imports of the project's own modules in order, those of one module together. */
export function sortImports(text: string): string {
  return text.replace(APP_IMPORTS, (block) => {
    const found = [...block.matchAll(ONE_IMPORT)];
    const statements = found.map(([statement, module = ""]) => ({ module, text: statement }));
    return mergeTwins(statements)
      .toSorted(
        (one, other) => naturally(one.module, other.module) || naturally(one.text, other.text),
      )
      .map((statement) => statement.text)
      .join("");
  });
}

/** Two statements for one module become one, unless a name is changed on the way. */
function mergeTwins(statements: readonly Statement[]): readonly Statement[] {
  const merged: Statement[] = [];
  for (const statement of statements) {
    const index = merged.findIndex((twin) => twin.module === statement.module && !hasAlias(twin));
    const twin = merged[index];
    if (twin === undefined || hasAlias(statement)) {
      merged.push(statement);
      continue;
    }
    const names = [...new Set([...namesOf(twin), ...namesOf(statement)])];
    merged[index] = { module: twin.module, text: `${importLine(twin.module, names)}\n` };
  }
  return merged;
}

function hasAlias({ text }: Statement): boolean {
  return text.includes(" as ");
}

function namesOf({ text }: Statement): readonly string[] {
  const list = text.slice(text.indexOf(" import ") + " import ".length);
  return list
    .replaceAll(/[()\n]/gu, " ")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}
