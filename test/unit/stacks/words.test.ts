import path from "node:path";

import { describe, expect, it } from "vitest";

import { isPlural } from "../../../src/answers/inflection.js";
import { words } from "../../../src/answers/names.js";
import { loadTemplates, templatesFolder } from "../../../src/disk/templates.js";
import { resourceStack } from "../../../src/stacks/resources.js";

const templates = await loadTemplates(path.join(templatesFolder, "fastapi"));
const own = [...templates].filter(([file]) => !file.startsWith("resource/"));

function isReserved(name: string): boolean {
  return resourceStack.reservedNames.some(({ names }) => names.has(name));
}

/** Modules of the project and of all its optional parts, in these folders. */
function modulesOf(folders: string): readonly string[] {
  const pattern = new RegExp(`/app/(?:${folders})/(\\w+)\\.py`, "u");
  const found = own.flatMap(([file]) => pattern.exec(file)?.[1] ?? []);
  return [...new Set(found)].filter((name) => name !== "__init__").toSorted();
}

function all(pattern: RegExp, folder: RegExp): readonly string[] {
  const texts = own.filter(([file]) => folder.test(file)).map(([, text]) => text);
  const found = texts.flatMap((text) => [...text.matchAll(pattern)].map(([, one = ""]) => one));
  return [...new Set(found)].toSorted();
}

describe("a resource cannot have the name of what every project has, or may have", () => {
  it("a module: of models, schemas, queries and services", () => {
    // A plural cannot be a resource's name anyway.
    const modules = modulesOf("models|schemas|crud|services").filter((name) => !isPlural(name));
    expect(modules.length).toBeGreaterThan(40);
    expect(modules.filter((name) => !isReserved(name))).toEqual([]);
  });

  it("a module of routes, a table or a path, by the plural", () => {
    const tables = all(/__tablename__ = "(\w+)"/gu, /\/app\/models\//u);
    const paths = all(/prefix="\/([\w-]+)/gu, /\/app\/api\//u).map((one) =>
      one.replaceAll("-", "_"),
    );
    const plurals = [...modulesOf("api/v1"), ...tables, ...paths].filter(isPlural);
    expect(plurals).toContain("users");
    expect(plurals.filter((name) => !isReserved(name))).toEqual([]);
  });

  it("a folder of tests", () => {
    const folders = own.flatMap(([file]) => /\/tests\/(\w+)\//u.exec(file)?.[1] ?? []);
    const plurals = [...new Set(folders)].filter(isPlural);
    expect(plurals).toContain("uploads");
    expect(plurals.filter((name) => !isReserved(name))).toEqual([]);
  });

  it("a class of a table", () => {
    const classes = all(/^class (\w+)\(\w*(?:Base|Record)\b/gmu, /\/app\/models\//u);
    const names = classes.map((name) => words(name).join("_"));
    expect(names).toContain("user");
    expect(names.filter((name) => !isReserved(name))).toEqual([]);
  });
});
