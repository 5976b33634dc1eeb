import { join } from "node:path";
import { describe, test } from "vitest";
import { options } from "../../../src/stacks/registry.js";
import { create, expectToPass, expectVerified, inProject, withDatabase } from "./projects.js";

const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
const EVERYTHING = options.features.choices.join(",");

const DEFAULT = { name: "default", flags: [] };
const MINIMAL = { name: "minimal", flags: ["--features", "none", "--no-docker", "--ci", "none"] };
const FULL = { name: "with everything", flags: ["--features", EVERYTHING] };

test.each([DEFAULT, MINIMAL, FULL])(
  "the project $name, as it comes out of the package, passes its own checks and tests",
  async ({ flags }) => {
    const project = await create(flags);
    // Known vulnerabilities are asked for on a schedule: today's answer says nothing of this commit.
    await expectToPass(inProject(project, ["scripts/check", "--offline"]));
  },
);

const SERVICES = { TEST_DATABASE_URL, TEST_REDIS_URL };

test.skipIf(Object.values(SERVICES).includes(undefined)).each([DEFAULT, MINIMAL, FULL])(
  "the project $name passes its tests on PostgreSQL and Redis",
  async ({ flags }) => {
    const project = await create(["--no-git", ...flags]);
    await expectToPass(inProject(project, [".venv/bin/python", "-m", "pytest", "-q"], SERVICES));
  },
);

describe("the security contract holds", () => {
  test.each([MINIMAL, FULL])("in the project $name in development", async ({ flags }) => {
    const project = await create(["--no-git", ...flags]);
    await expectVerified(project, ["--profile", "development"]);
  });

  test.skipIf(Object.values(SERVICES).includes(undefined))(
    "in the project default, under both profiles and with what takes long",
    async () => {
      const project = await create(["--no-git"]);
      await expectVerified(project, ["--full"], SERVICES);
    },
  );
});

test.skipIf(TEST_DATABASE_URL === undefined)(
  "a project on PostgreSQL is proven there",
  async () => {
    await withDatabase(TEST_DATABASE_URL ?? "", `csa_e2e_${process.pid}`, async (url) => {
      await create(["--database", "postgres", "--database-url", url, "--no-git"]);
    });
  },
);

describe("a machine", () => {
  test("with Python and no uv gets a proven project", async () => {
    // Debian's own folders hold a Python and no uv.
    const PATH = `${join(process.execPath, "..")}:/usr/bin:/bin`;
    await create(["--no-git"], { PATH });
  });

  test("whose owner wants only pip gets a proven project", async () => {
    await create(["--installer", "pip", "--no-git"]);
  });
});
