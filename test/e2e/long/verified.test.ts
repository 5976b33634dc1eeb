import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { EVERY_RESOURCE } from "../../fixtures/verified.js";
import { cli } from "../harness.js";
import { create, expectVerified } from "./projects.js";

const DEVELOPMENT = ["--profile", "development"];

test("no claim is refuted by a resource, whatever fields and flags it has", async () => {
  const project = await create(["--no-git", "--features", "api-keys"]);
  for (const words of EVERY_RESOURCE) {
    const { exitCode, stdout, stderr } = await cli(
      ["generate", "resource", ...words, "--no-migrate", "--json"],
      { cwd: project },
    );
    expect(exitCode, `${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
  }
  await expectVerified(project, DEVELOPMENT);
  await expectOpenDoorSeen(project);
});

/** Rows that only administrators write are theirs alone, and the check of that is awake. */
async function expectOpenDoorSeen(project: string): Promise<void> {
  const path = join(project, "app/api/v1/labels.py");
  const text = await readFile(path, "utf8");
  const open = text.replace(
    'patch("/{label_id}", dependencies=ADMINISTRATORS)',
    'patch("/{label_id}")',
  );
  expect(open).not.toBe(text);
  await writeFile(path, open);
  const words = ["verify", ...DEVELOPMENT, "--only", "AUTHZ-07", "--json"];
  const { exitCode, stdout } = await cli(words, { cwd: project });
  expect(exitCode).toBe(4);
  expect(stdout).toContain("PATCH /api/v1/labels/");
}
