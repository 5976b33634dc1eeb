import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
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

/** Run the program under a Node that says it is of this version. */
async function under(version: string): Promise<unknown> {
  const code = `Object.defineProperty(process, "versions", { value: { node: "${version}" } })`;
  const fake = `data:text/javascript,${encodeURIComponent(code)}`;
  const run = promisify(execFile);
  return run(process.execPath, ["--import", fake, inject("cli"), "--version"]);
}

test.each(["18.20.8", "20.0.0", "20.18.3"])("Node %s is too old, and told so", async (version) => {
  await expect(under(version)).rejects.toMatchObject({
    code: 3,
    stderr: `error: Node ${version} is too old: 20.19 or newer is needed.\n`,
  });
});

test.each(["20.19.0", "20.20.2", "22.1.0", "100.0.0"])("Node %s will do", async (version) => {
  await expect(under(version)).resolves.toMatchObject({ stderr: "" });
});
