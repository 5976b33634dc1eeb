import type { Registry, Subject, Wiring } from "../resource.js";
import {
  body,
  type Entry,
  type Form,
  lineOf,
  type Listing,
  MODELS,
  parse,
  type Parsed,
  ROUTERS,
} from "./listing.js";
import { importLine } from "./python.js";

/** The name under which an import is known in the file. */
function boundName(name: string): string {
  return name.split(" as ").at(-1) ?? name;
}

/** Entries added; what is there stays. */
function add(form: Form, text: string, wanted: readonly Entry[]): Wiring {
  const paste = pasteLines(form, wanted);
  const parsed = parse(form, text);
  if (parsed.kind === "unreadable") return { ...parsed, kind: "blocked", paste };
  const taken = clash(parsed, wanted);
  if (taken !== undefined) {
    const reason = `"${taken}" is the name of something else in it`;
    const line = lineOf(text, text.search(new RegExp(`\\b${taken}\\b`, "u")));
    return { kind: "blocked", line, reason, paste };
  }
  const imports = wanted.reduce(withEntry, parsed.imports);
  const listed = [
    ...new Set([...parsed.listed, ...wanted.flatMap(({ names }) => names.map(boundName))]),
  ];
  return outcome(form, { before: parsed, after: { imports, listed }, text });
}

function clash({ imports }: Listing, wanted: readonly Entry[]): string | undefined {
  const bound = new Map(
    imports.flatMap(({ module, names }) =>
      names.map((name) => [boundName(name), `${module} ${name}`]),
    ),
  );
  const found = wanted.flatMap(({ module, names }) =>
    names.filter(
      (name) => (bound.get(boundName(name)) ?? `${module} ${name}`) !== `${module} ${name}`,
    ),
  );
  return found.map(boundName)[0];
}

function withEntry(imports: readonly Entry[], { module, names }: Entry): readonly Entry[] {
  const present = imports.find((entry) => entry.module === module);
  if (present === undefined) return [...imports, { module, names }];
  const all = { module, names: [...new Set([...present.names, ...names])] };
  return imports.map((entry) => (entry === present ? all : entry));
}

/** Entries taken out; those that are not there are no problem. */
function remove(form: Form, text: string, unwanted: readonly Entry[]): Wiring {
  const parsed = parse(form, text);
  if (parsed.kind === "unreadable") {
    return { ...parsed, kind: "blocked", paste: [] };
  }
  const names = new Map(unwanted.map((entry) => [entry.module, entry.names]));
  const removed = new Set<string>();
  const imports = parsed.imports.flatMap((entry) => {
    const kept = entry.names.filter((name) => !names.get(entry.module)?.includes(name));
    for (const name of entry.names) if (!kept.includes(name)) removed.add(boundName(name));
    return kept.length === 0 ? [] : [{ module: entry.module, names: kept }];
  });
  const listed = parsed.listed.filter((name) => !removed.has(name));
  return outcome(form, { before: parsed, after: { imports, listed }, text });
}

function outcome(
  form: Form,
  { before, after, text }: { before: Parsed; after: Listing; text: string },
): Wiring {
  const count = ({ imports, listed }: Listing): number =>
    imports.flatMap(({ names }) => names).length + listed.length;
  if (count(before) === count(after)) return { kind: "already" };
  const written = `${before.head}${body(form, after)}`;
  return written === text ? { kind: "already" } : { kind: "written", text: written };
}

function pasteLines(form: Form, entries: readonly Entry[]): readonly string[] {
  const imports = entries.flatMap(({ module, names }) => importLine(module, names).split("\n"));
  const items = entries.flatMap(({ names }) => names.map((name) => form.item(boundName(name))));
  return [...imports, `${form.open} ...`, ...items];
}

function registry(form: Form, entries: (subject: Subject) => readonly Entry[]): Registry {
  return {
    path: form.path,
    lines: (subject) => pasteLines(form, entries(subject)),
    add: (text, subject) => add(form, text, entries(subject)),
    remove: (text, subject) => remove(form, text, entries(subject)),
  };
}

function modelEntries({ resource: { names } }: Subject): readonly Entry[] {
  return [{ module: `${MODELS.package}.${names.singular.snake}`, names: [names.singular.pascal] }];
}

/** Where the parts of a resource are listed: its routers, by their modules, and its model. */
export function registriesOf(
  routerModules: (subject: Subject) => readonly string[],
): readonly Registry[] {
  const routerEntries = (subject: Subject): readonly Entry[] =>
    routerModules(subject).map((module) => ({
      module: `${ROUTERS.package}.${module}`,
      names: [`router as ${module}`],
    }));
  return [registry(ROUTERS, routerEntries), registry(MODELS, modelEntries)];
}
