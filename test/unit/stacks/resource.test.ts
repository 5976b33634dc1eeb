import path from "node:path";

import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { describe, expect, it } from "vitest";

import { parseFields } from "../../../src/answers/fields.js";
import { type Resource, spellResource, USUAL_FLAGS } from "../../../src/answers/resource.js";
import { loadTemplates, templatesFolder } from "../../../src/disk/templates.js";
import { renderer } from "../../../src/plan/render.js";
import { dropMigration, files } from "../../../src/stacks/fastapi/resource/files.js";
import { tidy } from "../../../src/stacks/fastapi/resource/tidy.js";
import { quoting } from "../../../src/stacks/fastapi/quoting.js";
import { lint } from "../../golden/ruff.js";

const templates = await loadTemplates(path.join(templatesFolder, "fastapi", "resource"));
const render = renderer(quoting);
const migration = {
  revision: "20260201_0001",
  parent: "20260101_0003",
  writtenAt: "2026-02-01T00:01:00.000Z",
};
const PYPROJECT = `
[tool.ruff]
line-length = 100
target-version = "py311"

[tool.ruff.lint]
select = ["E", "F", "W", "I", "UP", "B", "C4", "SIM", "PT", "RUF", "PL", "N", "ARG001", "FAST"]
ignore = ["N818", "PLR2004", "PLR0913", "PLR0917"]
isort = { known-third-party = ["alembic"] }
`;
const formatter = new Workspace({ "line-length": 100 }, PositionEncoding.Utf16);

const LONG = "very_long_name_of_something_rather_odd";

interface Spec {
  readonly name: string;
  readonly fields: readonly string[];
  readonly flags?: Partial<Resource["flags"]>;
}

function resourceOf({ name, fields, flags }: Spec): Resource {
  const parsed = parseFields(fields, []);
  expect(parsed.problems).toEqual([]);
  return { names: spellResource(name), fields: parsed.fields, flags: { ...USUAL_FLAGS, ...flags } };
}

/** Every file of a resource in a project where `Customer` and `Tag` are. */
function rendered(spec: Spec): ReadonlyMap<string, string> {
  const resource = resourceOf(spec);
  const known = [
    resourceOf({ name: "Customer", fields: ["name:string"] }),
    resourceOf({ name: "Tag", fields: ["name:string"] }),
    resource,
  ];
  const resources = new Map(known.map((one) => [one.names.singular.pascal, one]));
  const request = { resource, resources, migration };
  const rows = [...files(request), dropMigration(request)];
  return new Map(
    rows.map(({ from, to, view }) => [to, tidy(render(templates.get(from) ?? "", view))]),
  );
}

/** What is wrong with the files: findings of the linter, and lines that the formatter would move. */
function problemsOf(texts: ReadonlyMap<string, string>): readonly string[] {
  const files = new Map([["pyproject.toml", PYPROJECT], ...texts]);
  const tree = new Map([...files].map(([file, text]) => [file, { text, mode: 0o644 as const }]));
  const moved = [...texts].flatMap(([file, text]) => {
    const formatted = formatter.format(text).split("\n");
    const odd = text.split("\n").find((line, index) => line !== formatted[index]);
    return odd === undefined ? [] : [`${file} is not formatted: ${odd}`];
  });
  return [...lint(tree), ...moved];
}

const ALL = [
  ...[
    "word:string(20):unique",
    "line:string?",
    "body:text",
    "page:html?",
    "age:int=5",
    "size:bigint?",
  ],
  ...[
    "rate:float=1.5",
    "total:decimal(10,2)",
    "huge:decimal(38,18)?",
    "done:bool=false",
    "born:date?",
  ],
  ...[
    "seen:datetime",
    "code:uuid:unique-global",
    "mail:email",
    "site:url?",
    "state:enum(draft,sent)=draft",
  ],
  ...[
    "extra:json?",
    "secret:encrypted",
    "hidden:string:private",
    "customer:ref(Customer)",
    "other:ref(Customer)?",
  ],
  "tags:refs(Tag)",
];

/** A small generator of our own: the same choices on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function someSpec(seed: number): Spec {
  const next = random(seed);
  const flip = (): boolean => next() < 0.3;
  const words = LONG.split("_").slice(0, 1 + Math.floor(next() * 6));
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const chosen = ALL.filter(() => next() < 0.4);
  const fields = chosen.map((field) =>
    flip()
      ? LONG.slice(0, Math.floor(next() * 20)).replace(/_$/u, "") +
        (field.startsWith("_") ? "" : "_") +
        field
      : field,
  );
  const named = fields.map((field) => field.replace(/^_/u, ""));
  return {
    name,
    fields: named.length > 0 ? named : ["title:string"],
    flags: {
      noOwner: flip(),
      publicRead: flip(),
      softDelete: flip(),
      auditReads: flip(),
      requireIfMatch: flip(),
      children: flip(),
    },
  };
}

describe("the files of a resource", { timeout: 60_000 }, () => {
  it("are as the linter and the formatter want them, with one field of each type", () => {
    expect(problemsOf(rendered({ name: "Invoice", fields: ALL }))).toEqual([]);
  });

  it.each(["noOwner", "publicRead", "softDelete", "auditReads", "requireIfMatch", "children"])(
    "are so with the flag %s",
    (flag) => {
      expect(
        problemsOf(rendered({ name: "BlogPost", fields: ALL, flags: { [flag]: true } })),
      ).toEqual([]);
    },
  );

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "are so at any length of names (%i)",
    (seed) => {
      expect(problemsOf(rendered(someSpec(seed)))).toEqual([]);
    },
  );

  it("name nothing that the resource does not use", () => {
    const texts = [...rendered({ name: "Note", fields: ["title:string"] }).values()].join("\n");

    for (const word of [
      "Decimal",
      "encrypted",
      "references",
      "unique_fields",
      "detach",
      "audit",
      "PRIVATE",
    ]) {
      expect(texts).not.toContain(word);
    }
  });

  it("name constraints that PostgreSQL does not cut", () => {
    const texts = rendered({
      name: "VeryLongNameOfSomethingRatherOdd",
      fields: ["customer:ref(Customer)", `${LONG}:string:unique`],
    });
    const names = [...texts.values()].flatMap(
      (text) => text.match(/"(?:ix|uq|fk|ck|pk)_\w+"/gu) ?? [],
    );

    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => name.length > 65)).toEqual([]);
  });
});
