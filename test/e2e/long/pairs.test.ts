import { describe, test } from "vitest";
import type { AnswerRecord } from "../../../src/answers/options.js";
import { checks } from "../../../src/contract/checks/all.js";
import { entriesOf } from "../../../src/contract/selection.js";
import { equivalentCommand } from "../../../src/plan/command.js";
import { options } from "../../../src/stacks/registry.js";
import { answersOf, coveringRows } from "../../unit/pairs.js";
import {
  commitNumber,
  create,
  expectToPass,
  expectVerified,
  inProject,
  withDatabase,
} from "./projects.js";

const { TEST_DATABASE_URL, PAIRS } = process.env;
const QUICK_CHECKS = ["lint", "format", "types", "layers", "holes", "migrations"];

const rows = coveringRows(options).map((row) => answersOf(options, row));
/** Without a server to migrate on, a project on PostgreSQL cannot be proven. */
const runnable = rows.filter(
  ({ database }) => database === "sqlite" || TEST_DATABASE_URL !== undefined,
);

/** Every pair meets what depends on the options: who may do what, what is documented, and the sections of the parts. */
const QUICK_SECTIONS = [
  ...["authz", "docs", "errors", "headers", "jwt"],
  ...["uploads", "second-factor", "keys", "sockets"],
].filter((name) => entriesOf(checks).some(({ section }) => section.name === name));

/**
 * The whole contract takes half a minute a project: each commit puts another pair to it, and the night all of
 * them. Projects with nothing and with everything meet it on every commit, in `project.test.ts`.
 */
function sectionsFor(answers: AnswerRecord): readonly string[] {
  const isWhole =
    PAIRS === "whole" || runnable.indexOf(answers) === commitNumber() % runnable.length;
  return isWhole ? [] : ["--only", QUICK_SECTIONS.join(",")];
}

/** The flags that give these answers. */
function flagsOf(answers: AnswerRecord): readonly string[] {
  return equivalentCommand(options, answers).slice(2, -1);
}

async function checked(flags: readonly string[], sections: readonly string[]): Promise<void> {
  const project = await create(["--no-git", ...flags]);
  const alembic = (...words: string[]) =>
    inProject(project, [".venv/bin/python", "-m", "alembic", ...words]);
  await expectToPass(inProject(project, ["scripts/check", ...QUICK_CHECKS]));
  await expectToPass(alembic("downgrade", "base"));
  await expectToPass(alembic("upgrade", "head"));
  await expectToPass(alembic("check"));
  await expectVerified(project, ["--profile", "development", ...sections]);
}

describe("every two settings meet in a project that is proven, linted, typed, verified, and migrates both ways:", () => {
  test.each(runnable)("$features, $database, docker $docker, ci $ci", async (answers) => {
    const flags = flagsOf(answers);
    const sections = sectionsFor(answers);
    if (answers.database !== "postgres") return checked(flags, sections);
    await withDatabase(TEST_DATABASE_URL ?? "", `csa_pairs_${process.pid}`, (url) =>
      checked([...flags, "--database-url", url], sections),
    );
  });
});
