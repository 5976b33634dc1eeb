import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";
import type { Tree } from "../../src/plan/plan.js";

type Table = Readonly<Record<string, unknown>>;

/** What the project's own linter settings say of every Python file, as lines of `path:row code message`. */
export function lint(tree: Tree): readonly string[] {
  const settings = table(table(table(parse(text(tree, "pyproject.toml"))).tool).ruff);
  const linters = new Map<string, Workspace>();
  const findings = [...tree]
    .filter(([path]) => path.endsWith(".py"))
    .flatMap(([path, file]) => check(path, file.text, linterFor(path, settings, linters)));
  for (const linter of linters.values()) linter.free();
  return findings;
}

/** A linter knows no file names here, so what is ignored in some files makes a linter of its own. */
function linterFor(path: string, settings: Table, linters: Map<string, Workspace>): Workspace {
  const rules = table(settings.lint);
  const { "per-file-ignores": perFile, ...lintRules } = rules;
  const extra = Object.entries(table(perFile)).filter(([glob]) => path.startsWith(folderOf(glob)));
  const key = extra.map(([glob]) => glob).join();
  const ignore = [rules.ignore, ...extra.map(([, codes]) => codes)].flat();
  const isort = { ...table(rules.isort), "known-first-party": ["app", "tests"] };
  const linter =
    linters.get(key) ??
    new Workspace({ ...settings, lint: { ...lintRules, ignore, isort } }, PositionEncoding.Utf16);
  linters.set(key, linter);
  return linter;
}

/** Only whole folders are spelt in these settings. */
function folderOf(glob: string): string {
  if (!glob.endsWith("/*")) throw new Error(`"${glob}" is not a folder's glob`);
  return glob.slice(0, -1);
}

function check(path: string, source: string, linter: Workspace): readonly string[] {
  const diagnostics: unknown = linter.check(source);
  if (!Array.isArray(diagnostics)) throw new Error(`the linter said nothing of ${path}`);
  return diagnostics
    .map(table)
    .map(({ code, message, start_location: start }) =>
      [`${path}:${String(table(start).row)}`, code, message].map(String).join(" "),
    );
}

function text(tree: Tree, path: string): string {
  return tree.get(path)?.text ?? "";
}

function table(value: unknown): Table {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
