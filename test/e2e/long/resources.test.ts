import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Resource } from "../../../src/answers/resource.js";
import { spellField } from "../../../src/answers/fields.js";
import { readRecord, RECORD_PATH } from "../../../src/plan/record.js";
import { granted } from "../../fixtures/memory.js";
import { EVERYTHING, wish } from "../../fixtures/resources.js";
import { cli, type Outcome } from "../harness.js";
import { create, expectToPass, inProject, withDatabase } from "./projects.js";

/** The same resources on every run; another number tries others. */
const SEED = Number(process.env.RESOURCES_SEED ?? 1);
const COUNT = 30;
/**
 * Of how many resources the tests are run, 50 or more each: of all of them it would take half an
 * hour. The seed says of which; one has a field of each type. That every route is defended is the
 * project's own test of its surface, and runs with the projects of the other tests.
 */
const TESTED = 5;
const { TEST_DATABASE_URL } = process.env;

function resource(project: string, ...words: readonly string[]): Promise<Outcome> {
  return cli([...words, "--json"], { cwd: project });
}

async function texts(project: string): Promise<ReadonlyMap<string, string>> {
  return new Map([[RECORD_PATH, await readFile(join(project, RECORD_PATH), "utf8")]]);
}

async function models(project: string): Promise<readonly string[]> {
  const record = readRecord((await texts(project)).get(RECORD_PATH) ?? "");
  return (record?.resources ?? []).map(({ name }) => name);
}

/** A resource that this project can have. */
async function draw(project: string, seed: number): Promise<Resource> {
  const now = await texts(project);
  const drawn = fc.sample(wish(await models(project)), { seed, numRuns: 200 });
  for (const one of drawn) {
    const found = granted(one, now);
    if (found !== undefined) return found;
  }
  throw new Error("none of 200 could be granted");
}

function wordsOf({ names, fields, flags }: Resource): readonly string[] {
  const on = Object.entries(flags).flatMap(([flag, isOn]) => (isOn === true ? [flag] : []));
  const kebab = (flag: string): string =>
    `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return [names.singular.pascal, ...fields.map(spellField), ...on.map(kebab)];
}

async function generate(project: string, words: readonly string[]): Promise<void> {
  console.log(words.join(" "));
  const { exitCode, stdout, stderr } = await resource(
    project,
    "g",
    "resource",
    ...words,
    "--no-migrate",
  );
  expect(exitCode, `${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
}

function alembic(project: string, words: string, env = {}): Promise<Outcome> {
  return inProject(project, [".venv/bin/python", "-m", "alembic", ...words.split(" ")], env);
}

/** What its owner does in between: a migration of their own, two at once, and joining them. */
async function migrateByHand(project: string): Promise<void> {
  await expectToPass(alembic(project, "revision -m mine"));
  await expectToPass(alembic(project, "revision -m aside --splice --head 20260101_0003"));
  const refused = await resource(project, "g", "resource", "Refused", "a:int", "--no-migrate");
  expect(refused).toMatchObject({ exitCode: 3 });
  expect(refused.stdout).toContain("migrations.heads");
  await expectToPass(alembic(project, "merge -m join heads"));
}

/** Up, as the models say, down to nothing, and up again. */
async function migrate(project: string, env = {}): Promise<void> {
  for (const words of ["upgrade head", "check", "downgrade base", "upgrade head", "check"]) {
    await expectToPass(alembic(project, words, env));
  }
}

test(`thirty random resources in one project (RESOURCES_SEED=${SEED})`, async () => {
  const project = await create(["--no-git"]);
  await generate(project, EVERYTHING);
  for (let index = 1; index < COUNT; index += 1) {
    await generate(project, wordsOf(await draw(project, SEED * 1000 + index)));
    if (index === COUNT / 3) await migrateByHand(project);
    // From here on a migration that is taken back has been run.
    if (index === COUNT / 2) await expectToPass(alembic(project, "upgrade head"));
  }
  const made = await models(project);
  expect(made).toHaveLength(COUNT);

  await expectToPass(inProject(project, [".venv/bin/python", "-m", "ruff", "check", "."]));
  await expectToPass(inProject(project, [".venv/bin/python", "-m", "black", "--check", "."]));
  await expectToPass(inProject(project, [".venv/bin/python", "-m", "mypy"]));
  await migrate(project);
  if (TEST_DATABASE_URL !== undefined) {
    await withDatabase(TEST_DATABASE_URL, `csa_resources_${process.pid}`, async (url) => {
      await migrate(project, { DATABASE_URL: url });
    });
  }

  await expectToPass(pytest(project, await chosen(project)));
  await destroySome(project, made);
});

function pytest(project: string, paths: readonly string[]): Promise<Outcome> {
  return inProject(project, [".venv/bin/python", "-m", "pytest", "-q", ...paths]);
}

/** Tests of a few resources, and that all of them keep to the layers. */
async function chosen(project: string): Promise<readonly string[]> {
  const folders = await readdir(join(project, "tests"), { withFileTypes: true });
  const own = folders
    .filter(
      (entry) => entry.isDirectory() && !["support", "uploads", "__pycache__"].includes(entry.name),
    )
    .map(({ name }) => `tests/${name}`)
    .toSorted();
  const first = SEED % own.length;
  const some = [...own, ...own].slice(first, first + TESTED - 1);
  return ["tests/everythings", ...some, "tests/test_architecture.py"];
}

/** Those to which no other refers, each with a migration that drops its table. */
async function destroySome(project: string, made: readonly string[]): Promise<void> {
  let gone = 0;
  for (const name of made.toReversed()) {
    const { exitCode, stdout } = await resource(project, "d", "resource", name);
    expect([0, 3], stdout).toContain(exitCode);
    if (exitCode === 3) expect(stdout).toContain("resource.referred");
    else gone += 1;
    if (gone === 4) break;
  }
  expect(gone).toBe(4);
  await expectToPass(alembic(project, "check"));
  await migrate(project);
}

/** As many fields as a resource can have, of one type, with names that do not fit beside one another. */
function wide(name: string, type: string, count: number): readonly string[] {
  const fields = Array.from(
    { length: count },
    (_, n) => `a_field_of_a_rather_long_name_${n}:${type}`,
  );
  return [name, ...fields];
}

test("the largest resources keep the rules of the project's own code", async () => {
  const project = await create(["--no-git"]);
  await generate(project, ["Tag", "name:string"]);
  await generate(project, wide("WideText", "string", 100));
  await generate(project, wide("WideLink", "refs(Tag)", 15));
  await generate(project, wide("WideReference", "ref(Tag)", 100));
  await generate(project, [...wide("WideState", "enum(draft,sent):index", 100), "--no-owner"]);
  await generate(project, [...wide("WidePrice", "decimal(10,2)?:unique", 100), "--soft-delete"]);

  await expectToPass(inProject(project, [".venv/bin/python", "-m", "ruff", "check", "."]));
  await expectToPass(inProject(project, [".venv/bin/python", "-m", "black", "--check", "."]));
  await expectToPass(inProject(project, [".venv/bin/python", "-m", "mypy"]));
  const rules = [".venv/bin/python", "-m", "pytest", "-q", "tests/test_architecture.py"];
  await expectToPass(inProject(project, rules));
});
