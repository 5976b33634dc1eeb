import path from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { templatesFolder } from "../../../src/disk/templates.js";
import { containing, temporaryFolder } from "../support.js";
import { type Run, runIn } from "./harness.js";

let project = "";

function run(line: string): Promise<Run> {
  return runIn(project, line.split(" "), { templates: templatesFolder });
}

beforeEach(async () => {
  const cwd = await temporaryFolder();
  project = path.join(cwd, "my-api");
  await runIn(cwd, ["my-api", "--yes", "--no-install", "--no-git"], { templates: templatesFolder });
  await run("g resource Gadget name:string --no-migrate");
  await run("g resource Person name:string --plural folks --no-migrate");
});

describe("a resource that is there", () => {
  it.each([
    "g resource Gadget",
    "g resource Gadget --yes",
    "g resource gadget --json",
    "g resource Gadget other:int --no-migrate",
    "g resource Gadget name:string --plural things --no-migrate",
  ])("is a refusal, before anything is asked: %s", async (line) => {
    await expect(run(line)).rejects.toMatchObject({
      code: "resource.exists",
      exitCode: 3,
      message: '"Gadget" is there already, as name:string(255)',
    });
  });

  it("is shown with its plural, where English has another", async () => {
    await expect(run("g resource Person a:int --no-migrate")).rejects.toMatchObject({
      message: '"Person" is there already, as name:string(255) --plural folks',
    });
  });

  it("is not taken out by its plural, but named", async () => {
    for (const [line, name] of [
      ["d resource gadgets --no-migrate", "Gadget"],
      ["d resource folks --no-migrate", "Person"],
    ] as const) {
      await expect(run(line)).rejects.toMatchObject({
        code: "resource.unknown",
        exitCode: 3,
        hint: containing(`create-secure-api destroy resource ${name}`),
      });
    }
  });

  it("is taken out with --yes as well, as nothing is asked", async () => {
    for (const flag of ["-y", "--yes"]) {
      const { stdout } = await run(`d resource Gadget ${flag} --no-migrate --dry-run`);
      expect(stdout).toContain("Nothing was written.");
    }
  });
});
