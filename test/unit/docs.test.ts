import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { claimsPage } from "../../scripts/docs/claims.js";
import { optionsTable } from "../../scripts/docs/options.js";
import { readPart } from "../../scripts/docs/parts.js";
import { readRecording, TITLE, transcriptOf } from "../../scripts/docs/recording.js";
import { svgOf } from "../../scripts/docs/svg.js";
import { catalogue, claimById } from "../../src/contract/catalogue/index.js";
import { EXIT } from "../../src/errors.js";
import { options, stack } from "../../src/stacks/registry.js";

const ROOT = path.join(import.meta.dirname, "../..");
const PROJECT = "templates/fastapi/project";
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].concat(
  (await readdir(path.join(ROOT, "docs"), { recursive: true }))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
);
const WORKFLOWS = [".github/workflows/ci.yml", ".github/workflows/release.yml"];

function read(name: string): string {
  return readFileSync(path.join(ROOT, name), "utf8");
}

function exists(name: string): boolean {
  return existsSync(path.join(ROOT, name));
}

/** Every match of a pattern's first group. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

function anchors(text: string): string[] {
  return all(text, /^#+ (.+)$/gmu).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** What a link of a document leads to, or the link where it leads nowhere. */
function brokenLinks(document: string): string[] {
  const links = all(read(document), /\]\(([^)\s]+)\)/gu).filter((link) => !/^https?:/u.test(link));
  return links.filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? document : path.posix.join(path.posix.dirname(document), file);
    if (!exists(target)) return true;
    return anchor !== undefined && !anchors(read(target)).includes(anchor);
  });
}

/** A file as a document names it: of this repository, or of the project that it generates. */
function isThere(name: string): boolean {
  const generated = `${PROJECT}/${name.replace(/^\./u, "_")}`;
  return [name, generated, `${generated}.hbs`].some(exists);
}

describe.each(DOCUMENTS)("%s", (document) => {
  const text = read(document);

  it("has no link that leads nowhere", () => {
    expect(brokenLinks(document)).toEqual([]);
  });

  it("names only files that exist", () => {
    const named = all(
      text,
      /`((?:app|src|docs|test|scripts|templates|alembic|bench|bin)\/[\w./-]*)`/gu,
    );
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });

  it("names only scripts that package.json has", () => {
    expect(unknownScripts(text)).toEqual([]);
  });
});

function unknownScripts(text: string): string[] {
  const manifest = read("package.json");
  return all(text, /npm run ([\w:]+)/gu).filter((name) => !manifest.includes(`    "${name}": `));
}

describe("the README", () => {
  const text = read("README.md");

  it("has the table of the options that exist", () => {
    expect(readPart(text, "options")).toBe(optionsTable(options));
  });

  it("shows the run that was recorded, in words and in a picture", () => {
    const recording = readRecording(read("docs/recording.json"));
    expect(readPart(text, "transcript")).toBe(`\`\`\`text\n${transcriptOf(recording)}\n\`\`\``);
    expect(read("docs/recording.svg")).toBe(svgOf(recording, TITLE));
  });

  it("says which Node and which Python in its first ten lines", () => {
    const top = text.split("\n").slice(0, 10).join("\n");
    const [node] = all(read("package.json"), /"node": ">=([\d.]+)"/gu);
    const [python] = all(read(`${PROJECT}/pyproject.toml.hbs`), /requires-python = ">=([\d.]+)/gu);
    expect(top).toContain(`**Node ${node ?? "?"}**`);
    expect(top).toContain(`**Python ${python ?? "?"}**`);
  });

  it("says of nothing that exists that it is not built", () => {
    const [limits = ""] = all(text, /^- Not built yet: ([^.]+)\./gmu);
    const missing = all(limits, /`([\w-]+)/gu);
    expect(missing.length).toBeGreaterThan(0);
    expect(
      missing.filter((name) => options.features.choices.some((choice) => choice === name)),
    ).toEqual([]);
    expect(missing.filter((name) => exists(`src/commands/${name}.ts`))).toEqual([]);
  });

  it("names every exit code", () => {
    const [line = ""] = all(text, /(exit code 0[^.]+130[^.]+\.)/gu);
    expect(all(line, /\b(\d+) /gu).map(Number)).toEqual(Object.values(EXIT));
  });

  it("claims only what the index has a test for", () => {
    const proven = new Set(all(read("docs/claims.md"), /^- \*\*([A-Z]+-\d+\w?)\*\*/gmu));
    const claims = readPart(text, "claims").split("\n- ");
    expect(claims.filter((claim) => idsOf(claim).length === 0)).toEqual([]);
    expect(claims.flatMap(idsOf).filter((id) => !proven.has(id))).toEqual([]);
  });
});

/** Of `[AUTH-01, 02](docs/claims.md#...)`: AUTH-01 and AUTH-02. */
function idsOf(claim: string): string[] {
  const groups = [...claim.matchAll(/\[([A-Z]+)-([\d, ]+)\]\(docs\/claims\.md#/gu)];
  return groups.flatMap(([, area = "", numbers = ""]) =>
    numbers.split(", ").map((number) => `${area}-${number}`),
  );
}

describe("the index of claims", () => {
  it("is what the golden project's tests say of themselves", async () => {
    const golden = "test/golden/default";
    const tests = await readdir(path.join(ROOT, golden, "tests"), { recursive: true });
    const files = tests.map((name) => `tests/${name.replaceAll("\\", "/")}`).sort();
    const claims = files
      .filter((file) => file.endsWith(".py"))
      .flatMap((file) => stack.claims(file, read(`${golden}/${file}`)));
    expect(claims.length).toBeGreaterThan(100);
    expect(readPart(read("docs/claims.md"), "claims")).toBe(
      claimsPage(claims, catalogue, `../${golden}`),
    );
  });
});

describe("the tests of all templates", async () => {
  const templates = path.join(ROOT, "templates");
  const files = (await readdir(templates, { recursive: true })).map((name) =>
    name.replaceAll("\\", "/"),
  );
  const tests = files.filter((name) => /\/tests\/(\w+\/)*test_\w+\.py(\.hbs)?$/u.test(name));

  it.each(tests)("%s claims only what is promised", (name) => {
    const file = name.replace(/^.*?\/(tests\/[\w/]+\.py)(\.hbs)?$/u, "$1");
    const claims = stack.claims(file, read(`templates/${name}`));
    expect(claims.map(({ id }) => id).filter((id) => !claimById.has(id))).toEqual([]);
  });
});

describe.each(WORKFLOWS)("%s", (workflow) => {
  const text = read(workflow);

  it("pins each action by digest and names its version", () => {
    const uses = all(text, /uses: (.+)/gu);
    expect(uses.length).toBeGreaterThan(0);
    expect(
      uses.filter((use) => !/^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u.test(use)),
    ).toEqual([]);
  });

  it("runs only scripts that package.json has", () => {
    expect(unknownScripts(text)).toEqual([]);
  });

  it("puts no value of an event into a shell line", () => {
    expect(all(text, /run: (.*\$\{\{.*)/gu)).toEqual([]);
  });
});

describe("the contributor's guide", () => {
  it("says in ten lines how to add something", () => {
    const sections = read("CONTRIBUTING.md").split(/^(?=## )/mu);
    const long = sections
      .filter((section) => section.startsWith("## Add"))
      .filter((section) => section.trim().split("\n").length > 11);
    expect(long).toEqual([]);
  });
});
