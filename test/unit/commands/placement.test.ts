import { describe, expect, it } from "vitest";

import { buildProgram } from "../../../src/commands/program.js";
import { containing } from "../support.js";

/** Parse a command line; whatever would run is a failure. */
async function parse(line: string): Promise<void> {
  const program = buildProgram("1.2.3", () => Promise.reject(new Error("it ran")));
  await program.parseAsync(line.split(" "), { from: "user" });
}

describe("a flag before the command is refused, never dropped", () => {
  it.each([
    ["--dry-run create w1 --no-install --yes", "--dry-run", "create-secure-api create --dry-run"],
    [
      "--dry-run generate resource Foo a:string --no-migrate",
      "--dry-run",
      "create-secure-api generate resource --dry-run",
    ],
    ["--json d resource Foo", "--json", "create-secure-api destroy resource --json"],
    ["--no-install create w1", "--no-install", "create-secure-api create --no-install"],
    ["--install create w1", "--install", "create-secure-api create --install"],
    ["--database postgres create w1", "--database", "create-secure-api create --database"],
    ["--yes generate resource Foo", "--yes", "create-secure-api generate resource --yes"],
    ["-y create w1", "--yes", "create-secure-api create --yes"],
    ["--quiet verify", "--quiet", "create-secure-api verify --quiet"],
    ["--json generate", "--json", "create-secure-api generate --help"],
    ["--json generate things", "--json", "create-secure-api generate --help"],
    ["--database postgres generate resource Foo", "--database", "has no --database"],
    ["--no-git verify", "--no-git", "verify has no --no-git"],
    ["--quiet --diff create w1", "--diff and --quiet", "create-secure-api create --diff --quiet"],
  ])("%s", async (line, flag, hint) => {
    await expect(parse(line)).rejects.toMatchObject({
      code: "usage.misplaced-option",
      exitCode: 2,
      message: containing(flag),
      hint: containing(hint),
    });
  });

  it.each([
    "generate --json resource Foo a:int",
    "g --dry-run resource Foo a:int",
    "d --yes resource Foo",
    "generate --no-migrate resource Foo",
  ])("%s: between the two words of a command", async (line) => {
    await expect(parse(line)).rejects.toMatchObject({ code: "commander.unknownOption" });
  });

  it.each(["create w1 --dry-run", "w1 --dry-run", "--dry-run w1", "g resource Foo a:int --json"])(
    "%s stands well",
    async (line) => {
      await expect(parse(line)).rejects.toThrow("it ran");
    },
  );
});
