import { dirname } from "node:path";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";
import type { Tree } from "../../src/plan/plan.js";

type Table = Readonly<Record<string, unknown>>;

/** A linter, and what it has found: most files are the same in every combination of options. */
interface Linter {
  readonly workspace: Workspace;
  readonly findings: Map<string, readonly string[]>;
}

const linters = new Map<string, Linter>();

/** What the project's own linter settings say of every Python file, as lines of `path:row code message`. */
export function lint(tree: Tree): readonly string[] {
  const pyproject = tree.get("pyproject.toml")?.text ?? "";
  const settings = table(table(table(parse(pyproject)).tool).ruff);
  const sources = [...tree].filter(([path]) => path.endsWith(".py"));
  const byFolder = new Map<string, Linter>();
  return sources.flatMap(([path, { text }]) => {
    const folder = dirname(path);
    const linter = byFolder.get(folder) ?? linterFor(path, settings);
    byFolder.set(folder, linter);
    const { workspace, findings } = linter;
    const key = [path, text].join("\0");
    const found = findings.get(key) ?? check(path, text, workspace);
    findings.set(key, found);
    return found;
  });
}

/** A linter knows no file names here, so what is ignored in some files makes a linter of its own. */
function linterFor(path: string, settings: Table): Linter {
  const { "per-file-ignores": perFile, ...rules } = table(settings.lint);
  const extra = Object.entries(table(perFile)).filter(([glob]) => path.startsWith(folderOf(glob)));
  const ignore = [rules.ignore, ...extra.map(([, codes]) => codes)].flat();
  const isort = { ...table(rules.isort), "known-first-party": ["app", "tests"] };
  const options = { ...settings, lint: { ...rules, ignore, isort } };
  const key = JSON.stringify(options);
  const linter = linters.get(key) ?? {
    workspace: new Workspace(options, PositionEncoding.Utf16),
    findings: new Map<string, readonly string[]>(),
  };
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

function table(value: unknown): Table {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
