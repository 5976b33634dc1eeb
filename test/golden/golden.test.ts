import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadTemplates } from "../../src/disk/templates.js";
import { parseConfig } from "../../src/answers/parse.js";
import { options } from "../../src/stacks/registry.js";
import { treeOf } from "./plan.js";

/** Made anew for every project, so it is nowhere in the repository. */
const UNCOMMITTED = ".env";
const folder = import.meta.dirname;

describe.each(["default", "minimal"])("the committed project %s", (name) => {
  test("is what its answers make today, byte for byte; `npm run golden` refreshes it", async () => {
    const answers: unknown = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
    const tree = await treeOf(parseConfig(options, answers, `${name}.json`));
    const made = [...tree].filter(([path]) => path !== UNCOMMITTED);
    const committed = await loadTemplates(join(folder, name));
    expect([...committed.keys()].sort()).toEqual(made.map(([path]) => path).sort());
    for (const [path, { text }] of made) expect(committed.get(path), path).toBe(text);
  });
});
