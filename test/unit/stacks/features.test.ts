import path from "node:path";

import { describe, expect, it } from "vitest";

import type { FeatureId } from "../../../src/answers/options.js";
import { loadTemplates, templatesFolder } from "../../../src/disk/templates.js";
import { contributions } from "../../../src/stacks/fastapi/contributions.js";
import { FEATURES, precedingRevisions } from "../../../src/stacks/fastapi/features.js";
import { manifest } from "../../../src/stacks/fastapi/manifest.js";
import { options, stack } from "../../../src/stacks/registry.js";
import { projectOf } from "../support.js";

const paths = [...(await loadTemplates(path.join(templatesFolder, stack.folder))).keys()];
/** Whose a migration is, and its revision. */
const VERSION = /^(project|features\/[^/]+)\/alembic\/versions\/(\d+_\d+)_/u;

describe("an optional part", () => {
  it("is offered when it exists, and exists when it is offered", () => {
    expect(FEATURES.map(({ id }) => id).toSorted()).toEqual([...options.features.choices].sort());
  });

  it("has files in its own folder, and every folder is a part's", () => {
    const folders = paths.flatMap((name) => /^features\/([^/]+)\//u.exec(name)?.[1] ?? []);
    expect([...new Set(folders)].sort()).toEqual(FEATURES.map(({ id }) => id).toSorted());
  });

  it("replaces no file that another one replaces", () => {
    const own = paths.filter((name) => name.startsWith("features/"));
    const targets = own.map((name) =>
      name
        .split("/")
        .slice(2)
        .join("/")
        .replace(/\.hbs$/u, ""),
    );
    expect(targets.filter((name, index) => targets.indexOf(name) !== index)).toEqual([]);
  });

  it("has its own file in place of the core's, and only where it was chosen", async () => {
    const rows = manifest(["project/app/a.py", "features/email/app/a.py", "features/email/b.py"]);
    const { answers } = await projectOf();
    const written = (features: readonly FeatureId[]): readonly string[] =>
      rows.filter((row) => row.when({ ...answers, features })).map(({ from }) => from);

    expect(written([])).toEqual(["project/app/a.py"]);
    expect(written(["email"])).toEqual(["features/email/app/a.py", "features/email/b.py"]);
  });

  it("has revisions of its own, after the core's newest", () => {
    const revisions = (folder: string): readonly string[] =>
      paths
        .flatMap((name) => {
          const [, of, revision] = VERSION.exec(name) ?? [];
          return of === folder && revision !== undefined ? [revision] : [];
        })
        .sort();
    const core = revisions("project");
    const own = FEATURES.flatMap(({ migrations = [] }) => migrations);

    expect(Object.values(precedingRevisions([]))).toEqual(FEATURES.map(() => core.at(-1)));
    expect(new Set([...core, ...own]).size).toBe(core.length + own.length);
    for (const { id, migrations = [] } of FEATURES)
      expect(revisions(`features/${id}`)).toEqual([...migrations].sort());
  });

  it("migrates after the core and after every part before it that is there", () => {
    const none = precedingRevisions([]);
    expect(new Set(Object.values(none)).size).toBeLessThanOrEqual(1);
    const all = Object.values(precedingRevisions(FEATURES.map(({ id }) => id)));
    const moving = FEATURES.filter(({ migrations = [] }) => migrations.length > 0);
    expect(new Set(all).size).toBeGreaterThanOrEqual(moving.length);
  });

  it("turns its protocol on, which is off without it", () => {
    const lines = (features: readonly FeatureId[]): unknown => contributions(features).protocols;

    expect(lines([])).toMatchObject({
      imports: [],
      lines: ["#", '"ws": "none",'].map((text): unknown => expect.stringContaining(text)),
    });
    expect(lines(["websocket"])).toMatchObject({ lines: ['"ws": StrictSocket,'] });
  });
});
