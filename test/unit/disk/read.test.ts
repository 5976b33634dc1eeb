import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { readJson } from "../../../src/disk/config.js";
import { readPackage } from "../../../src/disk/package.js";
import { loadTemplates } from "../../../src/disk/templates.js";
import { containing, temporaryFolder } from "../support.js";

it("templates are read with their paths, sorted and spelt with slashes", async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "app", "core"), { recursive: true });
  await writeFile(path.join(folder, "app", "core", "b.py"), "b = 1\n");
  await writeFile(path.join(folder, "_env"), "A=1\n");

  expect([...(await loadTemplates(folder))]).toEqual([
    ["_env", "A=1\n"],
    ["app/core/b.py", "b = 1\n"],
  ]);
});

describe("a configuration file", () => {
  it("is JSON", async () => {
    const file = path.join(await temporaryFolder(), "answers.json");
    await writeFile(file, '\uFEFF{"docker": false}');
    expect(await readJson(file)).toEqual({ docker: false });
  });

  it.each([
    ["missing.json", undefined, "config.unreadable"],
    ["broken.json", '{"docker": fal', "config.not-json"],
    ["empty.json", "", "config.not-json"],
  ])("%s is refused", async (name, text, code) => {
    const file = path.join(await temporaryFolder(), name);
    if (text !== undefined) await writeFile(file, text);
    await expect(readJson(file)).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: containing(name),
    });
  });
});

it("the version is the package's", () => {
  expect(readPackage()).toMatchObject({ name: "create-secure-api", version: containing(".") });
});
