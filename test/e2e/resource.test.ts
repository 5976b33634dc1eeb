import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workspace } from "./harness.js";
import { project, run } from "./projects.js";

const ROUTERS = "app/api/v1/__init__.py";
const MODEL = "app/models/invoice.py";

const GENERATE = ["generate", "resource", "Invoice", "number:string(20):unique", "--no-migrate"];

async function versions(root: string): Promise<readonly string[]> {
  return (await readdir(join(root, "alembic/versions"))).filter((name) =>
    name.includes("invoices"),
  );
}

describe("a resource", () => {
  test("is added from any folder of the project, once, and taken out again", async () => {
    const root = await project();
    const before = await readFile(join(root, ROUTERS), "utf8");
    const below = join(root, "app", "models");

    const added = await run(below, ...GENERATE, "--json");
    expect(added.exitCode, added.stderr).toBe(0);
    const report: unknown = JSON.parse(added.stdout);
    expect(report).toMatchObject({ ok: true, resource: "Invoice", directory: root });
    expect(await readFile(join(root, ROUTERS), "utf8")).toContain("    invoices,\n");
    expect(await readFile(join(root, MODEL), "utf8")).toContain("class Invoice(");
    expect(await versions(root)).toHaveLength(1);

    const again = await run(root, ...GENERATE, "--json");
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ changes: [] });

    await writeFile(join(root, "app/services/invoice.py"), '"""Mine."""\n');
    const removed = await run(root, "d", "resource", "invoice", "--no-migrate");
    expect(removed.exitCode, removed.stderr).toBe(0);
    expect(removed.stdout).toContain("keep  app/services/invoice.py");
    expect(await readdir(join(root, "app/models"))).not.toContain("invoice.py");
    expect(await readFile(join(root, "app/services/invoice.py"), "utf8")).toBe('"""Mine."""\n');
    expect(await readFile(join(root, ROUTERS), "utf8")).toBe(before);
    // Nobody could say whether the table is there: it is dropped by a migration.
    expect(await versions(root)).toHaveLength(2);
  });

  test("is shown and not written with --dry-run and --diff", async () => {
    const root = await project();
    const before = await readFile(join(root, ".secure-api.json"), "utf8");
    const dry = await run(root, ...GENERATE, "--dry-run");
    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toContain(`create  ${MODEL}`);
    const diff = await run(root, ...GENERATE, "--diff");
    expect(diff.stdout).toContain("+    invoices,\n");
    expect(await versions(root)).toEqual([]);
    expect(await readFile(join(root, ".secure-api.json"), "utf8")).toBe(before);
  });

  test("is not wired into a list that cannot be read, nor written at all", async () => {
    const root = await project();
    await writeFile(join(root, ROUTERS), "ROUTERS = ()\n");
    const blocked = await run(root, ...GENERATE);
    expect(blocked.exitCode).toBe(3);
    expect(blocked.stderr).toContain(`${ROUTERS}:1`);
    expect(blocked.stderr).toContain("from app.api.v1.invoices import router as invoices");
    expect(await versions(root)).toEqual([]);

    const unwired = await run(root, ...GENERATE, "--no-wiring");
    expect(unwired.exitCode, unwired.stderr).toBe(0);
    expect(await readFile(join(root, ROUTERS), "utf8")).toBe("ROUTERS = ()\n");
    expect(await versions(root)).toHaveLength(1);
  });
});

describe("a refusal", () => {
  test("names everything that is wrong at once", async () => {
    const root = await project();
    const args = ["g", "resource", "Session", "class:money", "a:ref(Customer)"];
    const { exitCode, stderr } = await run(root, ...args);
    expect(exitCode).toBe(2);
    for (const word of ["Session", "class", "money", "Customer"]) expect(stderr).toContain(word);
  });

  test.each([
    [["g", "resource"], 2],
    [["g", "resource", "Invoice"], 2],
    [["g", "resource", "Invoice", "a:int"], 3],
    [["d", "resource", "Invoice"], 3],
    [["d", "resource"], 2],
    [["g", "model", "Invoice"], 2],
  ])("%j ends with %i and writes nothing", async (args, code) => {
    const root = await project();
    const { exitCode, stderr } = await run(root, ...args);
    expect(exitCode, stderr).toBe(code);
    expect(await versions(root)).toEqual([]);
  });

  test("outside of a project says so", async () => {
    const cwd = await workspace();
    expect(await run(cwd, ...GENERATE)).toMatchObject({ exitCode: 3 });
  });

  test("of two heads, and of a migration that cannot be read", async () => {
    const root = await project();
    const head = join(root, "alembic/versions/20270101_0000_mine.py");
    await writeFile(head, 'revision = "mine"\ndown_revision = "20260101_0000"\n');
    const heads = await run(root, ...GENERATE);
    expect(heads.exitCode).toBe(3);
    expect(heads.stderr).toContain("alembic merge");
    await writeFile(head, "");
    expect((await run(root, ...GENERATE)).stderr).toContain("20270101_0000_mine.py");
  });
});
