import path from "node:path";

import { describe, expect, it } from "vitest";

import { parseFields } from "../../../src/answers/fields.js";
import { words } from "../../../src/answers/names.js";
import { checkResourceName, type Resource, USUAL_FLAGS } from "../../../src/answers/resource.js";
import { spellResource } from "../../../src/answers/resource.js";
import { loadTemplates, templatesFolder } from "../../../src/disk/templates.js";
import { renderer } from "../../../src/plan/render.js";
import { renderFiles } from "../../../src/plan/resource.js";
import { resourceStack } from "../../../src/stacks/resources.js";
import { stack } from "../../../src/stacks/registry.js";

const templates = await loadTemplates(path.join(templatesFolder, stack.folder));
const ofResources = await loadTemplates(path.join(templatesFolder, stack.folder, "resource"));

const FIELDS = [
  "f1:string:unique",
  ...["text", "html", "int", "bigint", "float", "decimal(5,2)", "bool", "date", "datetime"].map(
    (type, index) => `g${index}:${type}?`,
  ),
  ...["uuid", "email", "url", "enum(a,b)", "json", "encrypted:private", "ref(Zz)?", "refs(Zz)"].map(
    (type, index) => `h${index}:${type}`,
  ),
];

/** The application's files of a resource that has everything, however it is flagged. */
function application(flags: Partial<Resource["flags"]>): readonly string[] {
  const { fields, problems } = parseFields(FIELDS, []);
  expect(problems).toEqual([]);
  const resource = { names: spellResource("Zz"), fields, flags: { ...USUAL_FLAGS, ...flags } };
  const request = {
    resource,
    resources: new Map([["Zz", resource]]),
    answers: {},
    migration: { revision: "b", parent: "a", writtenAt: "2026-02-01T00:01:00.000Z" },
  };
  const rendering = {
    stack: resourceStack,
    templates: ofResources,
    render: renderer(stack.quoting),
  };
  const files = resourceStack.files(request).filter(({ to }) => to.startsWith("app/"));
  return [...renderFiles(files, rendering).values()];
}

const code = [
  {},
  { softDelete: true, auditReads: true, requireIfMatch: true, children: true },
  { publicRead: true, auditReads: true, children: true },
  { noOwner: true },
]
  .flatMap(application)
  .join("\n")
  .replaceAll(/"""[^]*?"""|#.*$/gmu, "");

/** Every name that the files bring in or give to something themselves. */
const names = new Set([
  ...[...code.matchAll(/^(?:from \S+ )?import (\([^)]*\)|.*)$/gmu)].flatMap(([, list = ""]) =>
    list
      .replaceAll(/[()\n]/gu, " ")
      .split(",")
      .map((name) => name.trim().split(" ").at(-1) ?? ""),
  ),
  ...[...code.matchAll(/\b([a-z]\w*)(?:: [A-Z\w[\]. |]+)?(?: = |,|\)|:)/gu)].map(
    ([, name = ""]) => name,
  ),
]);

function snake(name: string): string {
  return words(name).join("_");
}

function isReserved(name: string): boolean {
  return resourceStack.reservedNames.some((group) => group.names.has(name));
}

/** Whether somebody could call a resource so, as far as its form goes. */
function isSingular(name: string): boolean {
  return checkResourceName(name) === undefined;
}

/** Attributes of classes in which no row is. */
const HARMLESS = new Set(["code", "detail", "sort", "str"]);

describe("a resource cannot have a name", () => {
  it("of a class that its files use, or that they make of it", () => {
    const classes = [...names].filter((name) => /^[A-Z]/u.test(name) && !name.includes("Zz"));
    const stems = classes.flatMap((name) => [
      name,
      name.replace(/(?:Create|Update|Out|Query|Filters|NotFound)$/u, ""),
    ]);
    const free = stems.filter((name) => name !== "" && /[a-z]/u.test(name)).map(snake);

    expect(classes.length).toBeGreaterThan(40);
    expect([...new Set(free.filter((name) => isSingular(name) && !isReserved(name)))]).toEqual([]);
  });

  it("of a variable or a function beside which it would stand", () => {
    const variables = [...names].filter(
      (name) => /^[a-z]/u.test(name) && !/zz|^[fgh]\d/u.test(name) && !HARMLESS.has(name),
    );

    expect(variables.length).toBeGreaterThan(40);
    expect(variables.filter((name) => isSingular(name) && !isReserved(name))).toEqual([]);
  });

  it("of a table's class that every project has, with all of its parts", () => {
    const models = [...templates].filter(([name]) => /\/app\/models\/\w+\.py$/u.test(name));
    const classes = models.flatMap(([, text]) =>
      [...text.matchAll(/^class (\w+)\(/gmu)].map(([, name = ""]) => snake(name)),
    );

    expect(classes.length).toBeGreaterThan(12);
    expect(classes.filter((name) => isSingular(name) && !isReserved(name))).toEqual([]);
  });

  it.each(["Person", "Order", "Product", "Item", "Profile", "Customer", "Event", "Tag", "Task"])(
    "but %s is free",
    (name) => {
      const { singular, plural } = spellResource(name);
      expect([singular.snake, plural.snake].filter(isReserved)).toEqual([]);
    },
  );
});
