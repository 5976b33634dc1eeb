import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, listing, workspace } from "./harness.js";

const DONE = ["write", "git", "install", "migrate", "admin", "prove"].map((name) => ({
  name,
  status: "done",
}));

test(
  "one command makes a project that is installed, migrated and proven",
  { timeout: 300_000 },
  async () => {
    const cwd = await workspace();
    const { exitCode, stdout, stderr } = await cli(["my-api", "--yes", "--json"], { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      name: "my-api",
      steps: DONE,
      admin: { email: "admin@example.com" },
    });
    const project = join(cwd, "my-api");
    expect(await listing(cwd)).toEqual(["my-api"]);
    expect(await listing(project)).toEqual(expect.arrayContaining([".git", ".venv", "app", "var"]));
    expect((await stat(join(project, ".env"))).mode & 0o777).toBe(0o600);
  },
);
