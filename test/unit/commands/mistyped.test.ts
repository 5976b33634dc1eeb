import { describe, expect, it } from "vitest";

import { checkFirstWord } from "../../../src/answers/commands.js";
import { checkDirectory } from "../../../src/answers/checks.js";
import { containing, temporaryFolder } from "../support.js";
import { runIn } from "./harness.js";

describe("a first word that reads like a command is not taken for a project", () => {
  it.each([
    ["verfy", "verify"],
    ["vreify", "verify"],
    ["Verify", "verify"],
    ["docter", "doctor"],
    ["udpate", "update"],
    ["generat", "generate"],
    ["generates", "generate"],
    ["destory", "destroy"],
    ["ceate", "create"],
    ["completions", "completion"],
    ["hlep", "help"],
  ])("%s, which is %s", (word, command) => {
    expect(checkFirstWord([word, "--yes"])).toMatchObject({
      code: "command.mistyped",
      message: containing(`"${word}" reads like the command ${command}`),
      hint: containing(`create-secure-api create ${word}`),
    });
  });

  it.each(["my-api", "./verfy", "verfy-api", "verifying", "go", "a", "shop", "updater1", "--yes"])(
    "but %s is",
    (word) => {
      expect(checkFirstWord([word])).toBeUndefined();
    },
  );

  it("says of one that is to come that it is not there yet", () => {
    expect(checkFirstWord(["docter"])?.message).toContain("which this version does not have");
    expect(checkFirstWord(["completion", "bash"])).toMatchObject({ code: "command.unknown" });
    expect(checkFirstWord(["help", "create"])?.hint).toContain("create-secure-api create --help");
  });

  it("says of one that is there what is true of it", () => {
    expect(checkDirectory("create")).toMatchObject({
      message: '"create" is the name of a command.',
      hint: containing("./create"),
    });
  });

  it("behind flags too, and with `create` typed it is a project", async () => {
    const cwd = await temporaryFolder();
    const flags = ["--yes", "--no-install", "--dry-run"];
    await expect(runIn(cwd, [...flags, "verfy"])).rejects.toMatchObject({
      code: "command.mistyped",
      exitCode: 2,
    });
    const { stdout } = await runIn(cwd, ["create", ...flags, "verfy"]);
    expect(stdout).toContain("Nothing was written.");
  });
});
