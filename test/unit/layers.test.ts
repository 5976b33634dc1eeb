import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

const SRC = path.join(import.meta.dirname, "../../src");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"));

function text(file: string): string {
  return readFileSync(path.join(SRC, file), "utf8");
}

/** Without comments, which may name things that code may not. */
function code(file: string): string {
  return text(file).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gmu, "");
}

/** Without texts, in which any word may stand; what is computed in the holes of one is code. */
function withoutTexts(file: string): string {
  const bare = code(file).replaceAll(/(?<=[ (])\/\^[^\n/]*\/u/gu, "");
  let kept = "";
  // What is open: a quote, or a brace that ends where its text goes on.
  const open: string[] = [];
  for (let index = 0; index < bare.length; index += 1) {
    const char = bare.charAt(index);
    const inside = open.at(-1) ?? "{";
    if (inside === "{") {
      if (char === "}") open.pop();
      else if ("{`'\"".includes(char)) open.push(char);
      kept += char;
    } else if (char === "\\") index += 1;
    else if (char === inside) open.pop();
    else if (inside === "`" && bare.startsWith("${", index)) {
      open.push("{");
      index += 1;
    }
  }
  return kept;
}

interface Import {
  readonly from: string;
  readonly isType: boolean;
  /** Imported when it is needed, not at the start. */
  readonly isLazy: boolean;
}

/** What a file imports: our own files as paths below src, the rest by name. */
function importsOf(file: string): readonly Import[] {
  const found = code(file).matchAll(
    /(import|export)( type)?[^;"]*?from "([^"]+)"|import\("([^"]+)"\)/gu,
  );
  return [...found].map((match) => {
    const name = match[3] ?? match[4] ?? "";
    const from = name.startsWith(".")
      ? path.posix.join(path.posix.dirname(file), name).replace(/\.js$/u, ".ts")
      : name;
    return { from, isType: match[2] !== undefined, isLazy: match[4] !== undefined };
  });
}

/** A file's layer; a file may import its own layer and those below. */
const LAYERS: readonly (readonly [RegExp, number])[] = [
  [/^cli\.ts$/u, 6],
  [/^commands\//u, 5],
  [/^answers\/(resolve|prompts|fieldprompts)\.ts$/u, 4],
  [/^(disk|run)\/|^ui\.ts$|^progress\.ts$/u, 3],
  [/^(plan|contract)\//u, 2],
  [/^stacks\//u, 1],
  [/^(answers\/|errors\.ts$|contract\/catalogue\/)/u, 0],
];

function layer(file: string): number {
  const found = LAYERS.find(([pattern]) => pattern.test(file));
  if (found === undefined) throw new Error(`src/${file} has no layer: add it to this test.`);
  return found[1];
}

describe("imports point downwards", () => {
  it.each(files)("%s", (file) => {
    const upwards = importsOf(file)
      .map(({ from }) => from)
      .filter((from) => files.includes(from) && layer(from) > layer(file));
    expect(upwards).toEqual([]);
  });

  it("and every one leads somewhere", () => {
    const lost = files.flatMap((file) =>
      importsOf(file).filter(({ from }) => from.endsWith(".ts") && !files.includes(from)),
    );
    expect(lost).toEqual([]);
  });
});

describe("the pure part", () => {
  it("is read without its texts, and with what is computed inside of them", () => {
    const text = withoutTexts("stacks/fastapi/resource/service.ts");
    expect(text).toContain("createBody");
    expect(text).not.toMatch(/\bcrud\.add\b/u);
    expect(text).toMatch(/targetOf\(column\)\.names\.singular\.pascal/u);
  });

  const pure = files.filter((file) =>
    /^(plan|stacks|contract\/catalogue)\/|^answers\/(?!prompts|resolve|fieldprompts)\w+\.ts$/u.test(
      file,
    ),
  );

  it("has every file that it should", () => {
    expect(pure.length).toBeGreaterThan(15);
  });

  it.each(pure)("%s has no disk, process, clock, chance or waiting", (file) => {
    const worldly = importsOf(file).filter(
      ({ from, isType }) =>
        !isType && !files.includes(from) && !["handlebars", "inflection"].includes(from),
    );
    expect(worldly).toEqual([]);
    expect(withoutTexts(file)).not.toMatch(
      /\b(process|performance|Date|setTimeout|fetch|crypto|async|await|Promise)\b|Math\.random/u,
    );
  });
});

describe("one place for each kind of work", () => {
  it.each([
    ["fs-extra", /^disk\//u],
    ["execa", /^run\//u],
    ["@inquirer/prompts", /^answers\/(?:field)?prompts\.ts$/u],
    ["handlebars", /^plan\/render\.ts$/u],
    ["inflection", /^answers\/inflection\.ts$/u],
    ["node:crypto", /^commands\/secrets\.ts$|^contract\//u],
  ])("%s is imported there only", (name, place) => {
    const users = files.filter((file) => importsOf(file).some(({ from }) => from === name));
    expect(users.filter((file) => !place.test(file))).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });

  it("only cli.ts ends the process, once", () => {
    const exits = files.flatMap((file) =>
      [...code(file).matchAll(/process\.exit\(/gu)].map(() => file),
    );
    expect(exits).toEqual(["cli.ts"]);
  });

  it("only --help and --version are known before a command runs", () => {
    const early = new Set<string>();
    const visit = (file: string): void => {
      if (early.has(file)) return;
      early.add(file);
      const needed = files.includes(file) ? importsOf(file) : [];
      for (const { from, isType, isLazy } of needed) if (!isType && !isLazy) visit(from);
    };
    visit("cli.ts");
    const packages = [...early].filter(
      (name) => !files.includes(name) && !name.startsWith("node:"),
    );
    expect(packages).toEqual(["commander"]);
    const stacks = [...early].filter((name) => name.startsWith("stacks/"));
    expect(stacks.filter((name) => !name.endsWith("options.ts"))).toEqual([]);
  });
});

describe("the core knows no stack", () => {
  const core = files.filter((file) => !file.startsWith("stacks/"));

  it.each(core)("%s names none", (file) => {
    expect(code(file)).not.toMatch(/\b(fastapi|python|alembic|uv|pip)\b/iu);
  });

  it.each(files)("%s compares no stack's id", (file) => {
    expect(code(file)).not.toMatch(
      /stack\.id\s*[!=]==|[!=]==\s*stack\.id|switch\s*\(\s*stack\.id/u,
    );
  });
});
