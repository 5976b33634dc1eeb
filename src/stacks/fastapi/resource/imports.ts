import { importLine, naturally } from "../python.js";

/*
 * A template imports everything that any resource may need. What this one does not use is left
 * out, and the rest stands in the order of the linter.
 */

const STANDARD_LIBRARY = new Set(
  "asyncio collections dataclasses datetime decimal itertools typing uuid".split(" "),
);
const OWN = new Set(["app", "tests"]);
const STATEMENT = /^(?:from ([\w.]+) import (.+)|import ([\w.]+))$/u;

interface Import {
  readonly module: string;
  /** None where the module itself is imported. */
  readonly names: readonly string[];
}

/** The same file with the imports that it uses. */
export function pruneImports(text: string): string {
  const lines = text.split("\n");
  const found = lines.flatMap((line, index) => (STATEMENT.test(line) ? [index] : []));
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined) return text;
  const body = lines.slice(last + 1);
  const used = namesIn(body.join("\n"));
  const imports = found.flatMap((index) => usedOf(readImport(lines[index] ?? ""), used));
  const block = importBlock(imports);
  const head = lines.slice(0, first);
  return [...head, ...(block === "" ? [] : block.split("\n")), ...body].join("\n");
}

function readImport(line: string): Import {
  const [, from, names = "", module = ""] = STATEMENT.exec(line) ?? [];
  if (from === undefined) return { module, names: [] };
  return { module: from, names: names.split(",").map((name) => name.trim()) };
}

function usedOf({ module, names }: Import, used: ReadonlySet<string>): readonly Import[] {
  if (names.length === 0) return used.has(module) ? [{ module, names }] : [];
  const kept = names.filter((name) => used.has(/(\w+)$/u.exec(name)?.[1] ?? ""));
  return kept.length === 0 ? [] : [{ module, names: kept }];
}

/** Every word of the code that may be an import: what is defined or passed by its name is none. */
function namesIn(code: string): ReadonlySet<string> {
  const bare = code
    .replaceAll(/"""[^]*?"""/gu, "")
    .replaceAll(/(?<![\w])"(?:[^"\\\n]|\\.)*"/gu, "")
    .replaceAll(/^\s*#.*$/gmu, "")
    .replaceAll(/^ +\w+(?=: )|\.\w+|\b\w+(?==[^=])/gmu, "");
  return new Set(bare.match(/[A-Za-z_]\w*/gu));
}

/** Standard library, packages, our own modules; one blank line between them. */
function importBlock(imports: readonly Import[]): string {
  const sections = [0, 1, 2].map((section) =>
    merged(imports.filter(({ module }) => sectionOf(module) === section)),
  );
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function sectionOf(module: string): number {
  const [top = ""] = module.split(".");
  if (OWN.has(top)) return 2;
  return STANDARD_LIBRARY.has(top) ? 0 : 1;
}

function merged(imports: readonly Import[]): readonly string[] {
  const plain = imports.filter(({ names }) => names.length === 0).map(({ module }) => module);
  const modules = new Map<string, ReadonlySet<string>>();
  const aliases: string[] = [];
  for (const { module, names } of imports) {
    const own = names.filter((name) => !name.includes(" as "));
    if (own.length > 0) modules.set(module, new Set([...(modules.get(module) ?? []), ...own]));
    for (const name of names) if (name.includes(" as ")) aliases.push(importLine(module, [name]));
  }
  const lines = [...modules].map(([module, names]) => importLine(module, [...names]));
  return [
    ...plain.sort(naturally).map((module) => `import ${module}`),
    ...[...lines, ...aliases].sort(byModule),
  ];
}

function byModule(one: string, other: string): number {
  return naturally(moduleOf(one), moduleOf(other)) || naturally(one, other);
}

function moduleOf(line: string): string {
  return /^from (\S+)/u.exec(line)?.[1] ?? "";
}
