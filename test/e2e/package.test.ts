import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, inject, test } from "vitest";
import { loadTemplates } from "../../src/disk/templates.js";
import { listing } from "./harness.js";

const root = join(import.meta.dirname, "../..");

test("the package holds what a user needs and nothing else", async () => {
  const installed = dirname(dirname(inject("cli")));
  const allowed = ["bin", "dist", "templates", "package.json", "README.md", "LICENSE"];
  const files = (await listing(installed)).filter((name) => name !== "node_modules");
  expect(files).toEqual(expect.arrayContaining(allowed));
  const extra = new Set([...allowed, "CHANGELOG.md", "config.schema.json"]);
  expect(files.filter((name) => !extra.has(name))).toEqual([]);
});

test("no template gets lost or renamed on the way into the package", async () => {
  const installed = dirname(dirname(inject("cli")));
  const packed = await loadTemplates(join(installed, "templates"));
  expect([...packed]).toEqual([...(await loadTemplates(join(root, "templates")))]);
});

test("the package brings no source map, test or configuration of ours", async () => {
  const dist = await loadTemplates(join(dirname(dirname(inject("cli"))), "dist"));
  expect([...dist.keys()].filter((path) => !path.endsWith(".js"))).toEqual([]);
  for (const path of dist.keys()) {
    expect(existsSync(join(root, "src", path.replace(/\.js$/, ".ts"))), path).toBe(true);
  }
});
