import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { platform } from "../../../src/run/platform.js";
import { stack } from "../../../src/stacks/registry.js";
import type { Site } from "../../../src/stacks/stack.js";
import { temporaryFolder } from "../support.js";
import { runIn } from "./harness.js";

const README = path.join(
  import.meta.dirname,
  `../../../templates/${stack.folder}/project/README.md.hbs`,
);

describe("verify, where nothing can be attacked", () => {
  it("says where the project's README tells how to install it", async () => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, ".secure-api.json"), "{}");
    await expect(runIn(cwd, ["verify"])).rejects.toMatchObject({
      ...{ exitCode: 3, code: "project.not-installed" },
      hint: "Install them as its README says, under Start.",
    });
    expect(await readFile(README, "utf8")).toMatch(/^## Start$/m);
  });

  it.each(["", "{", "[]", '{"stack": "fastapi"}'])("nor understood: %j", async (record) => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, ".secure-api.json"), record);
    const site: Site = { root: cwd, platform: platform(), tools: {} };
    const interpreter = stack.verification.interpreter(site);
    await mkdir(path.dirname(interpreter), { recursive: true });
    await writeFile(interpreter, "");
    await expect(runIn(cwd, ["verify"])).rejects.toMatchObject({
      ...{ exitCode: 3, code: "project.record" },
    });
  });
});

describe("a report that cannot be written", () => {
  it.each([
    [["--html", "README.md"], { exitCode: 3, code: "report.occupied" }],
    [["--junit", "no/such/folder.xml"], { exitCode: 2, code: "report.impossible" }],
    [["--html", "r", "--sarif", "./r"], { exitCode: 2, code: "report.twice" }],
    [["--html", "a-folder", "--url", "http://127.0.0.1:1"], { exitCode: 2 }],
  ])("is refused before a project is looked for: %j", async (words, refusal) => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "README.md"), "# Mine");
    await mkdir(path.join(cwd, "a-folder"));
    await expect(runIn(cwd, ["verify", ...words])).rejects.toMatchObject(refusal);
    expect(await readFile(path.join(cwd, "README.md"), "utf8")).toBe("# Mine");
  });
});
