import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseFields } from "../../src/answers/fields.js";
import { type Resource, spellResource, USUAL_FLAGS } from "../../src/answers/resource.js";
import { loadTemplates, templatesFolder } from "../../src/disk/templates.js";
import { renderer } from "../../src/plan/render.js";
import { renderFiles } from "../../src/plan/resource.js";
import { stack } from "../../src/stacks/registry.js";
import { resourceStack } from "../../src/stacks/resources.js";

const folder = join(import.meta.dirname, "resources");

function resource(
  name: string,
  fields: readonly string[],
  flags: Partial<Resource["flags"]> = {},
): Resource {
  const parsed = parseFields(fields, resourceStack.reservedFields);
  expect(parsed.problems).toEqual([]);
  return { names: spellResource(name), fields: parsed.fields, flags: { ...USUAL_FLAGS, ...flags } };
}

/** One that others refer to, one with most of what there is, and one that everybody reads. */
const RESOURCES = [
  resource("Customer", ["name:string(100)", "email:email?:unique", "notes:encrypted?:private"]),
  resource(
    "Invoice",
    [
      "number:string(20):unique",
      "total:decimal(10,2)=0.00",
      "status:enum(draft,sent,paid):index=draft",
      "due:date?",
      "customer:ref(Customer)",
    ],
    { children: true, softDelete: true, requireIfMatch: true },
  ),
  resource("BlogPost", ["title:string(100)", "body:html", "published:datetime?"], {
    publicRead: true,
  }),
];

/** The files of each resource, in the order in which a project got them. */
async function rendered(): Promise<ReadonlyMap<string, string>> {
  const templates = await loadTemplates(join(templatesFolder, stack.folder, "resource"));
  const rendering = { stack: resourceStack, templates, render: renderer(stack.quoting) };
  const known = new Map(RESOURCES.map((one) => [one.names.singular.pascal, one]));
  const trees = RESOURCES.map((one, index) => {
    const migration = {
      revision: `20260201_000${index + 1}`,
      parent: index === 0 ? "20260101_0001" : `20260201_000${index}`,
      writtenAt: `2026-02-01T00:0${index + 1}:00.000Z`,
    };
    const request = { resource: one, resources: known, answers: {}, migration };
    return renderFiles(resourceStack.files(request), rendering);
  });
  return new Map(trees.flatMap((tree) => [...tree]));
}

test("the committed resources are what their fields make today; `npm run golden` refreshes them", async () => {
  const made = await rendered();
  for (const [path, text] of made) await expect(text).toMatchFileSnapshot(join(folder, path));
  // A new file is written when the test is over; one that nothing makes any more has to go.
  const committed = existsSync(folder) ? [...(await loadTemplates(folder)).keys()] : [];
  expect(committed.filter((path) => !made.has(path))).toEqual([]);
});
