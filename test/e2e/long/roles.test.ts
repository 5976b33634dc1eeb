import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environment, outcome, type Outcome } from "../harness.js";
import { create, expectToPass, inProject, withDatabase } from "./projects.js";

const { TEST_DATABASE_URL } = process.env;
const ROLE = "my-api-app";

/** What PostgreSQL says of a statement. */
function answerTo(url: string, statement: string): string {
  try {
    return execFileSync("psql", [url, "-qtAc", statement], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    return String(error);
  }
}

/** As an operator does, who types the password. */
function addAdmin(project: string, urls: Readonly<Record<string, string>>): Promise<Outcome> {
  const words = ["create-admin", "--email", "ada@example.com", "--username", "ada"];
  const child = spawn(join(project, ".venv/bin/python"), ["-m", "app.cli", ...words], {
    ...{ cwd: project, env: environment(urls), stdio: "pipe" },
  });
  return outcome(child, "walnut drizzle hinge pivot\n");
}

test.skipIf(TEST_DATABASE_URL === undefined)(
  "the role that scripts/roles.sql makes serves the application, and changes no table",
  async () => {
    const server = TEST_DATABASE_URL ?? "";
    const project = await create(["--no-git"]);
    await withDatabase(server, `csa_roles_${process.pid}`, async (owner) => {
      const env = { ...process.env, APP_PASSWORD: 'it\'s a "password"' };
      execFileSync("psql", [owner, "-q", "--file", join(project, "scripts", "roles.sql")], { env });
      const app = Object.assign(new URL(owner), { username: ROLE, password: "unused" }).href;
      const urls = { DATABASE_URL: app, DATABASE_URL_MIGRATIONS: owner };
      const python = (...args: readonly string[]): Promise<void> =>
        expectToPass(inProject(project, [".venv/bin/python", "-m", ...args], urls));

      await python("alembic", "upgrade", "head");
      await expectToPass(addAdmin(project, urls));
      await python("app.cli", "audit", "verify");

      expect(answerTo(app, "SELECT count(*) FROM users")).toBe("1\n");
      for (const [statement, refusal] of [
        ["CREATE TABLE public.more (id int)", "permission denied for schema public"],
        ["ALTER TABLE audit_events DISABLE TRIGGER ALL", "must be owner of table audit_events"],
        ["TRUNCATE audit_events", "permission denied for table audit_events"],
        ["DROP TABLE users", "must be owner of table users"],
      ] as const) {
        expect(answerTo(app, statement)).toContain(refusal);
      }
    }).finally(() => answerTo(server, `DROP ROLE IF EXISTS "${ROLE}"`));
  },
);
