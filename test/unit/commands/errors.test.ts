import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { printable } from "../../../src/answers/names.js";
import { refused, UserError } from "../../../src/errors.js";
import { projectOf, temporaryFolder } from "../support.js";
import { stack } from "../../../src/stacks/registry.js";
import { runIn } from "./harness.js";

/** What a person reads when it goes wrong, without the path of the day. */
async function textOf(work: Promise<unknown>, cwd = "//"): Promise<string> {
  const error: unknown = await work.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error;
  const { exitCode, code, message, hint } = error;
  return [`exit ${exitCode}, ${code}`, message, hint].join("\n").replaceAll(cwd, "/here");
}

const LINES: readonly (readonly string[])[] = [
  [],
  ["help"],
  ["a\u001b[2Jb"],
  ["my-api", "--name", "1st"],
  ["my-api", "--name", "json"],
  ["my-api", "--name", "x".repeat(65)],
  ["my-api", "--database", "oracle"],
  ["my-api", "--database", "sqlite", "--database-url", "postgresql://u:hunter2@h/d"],
  ["my-api", "--database-url", "mysql://u:hunter2@h/d"],
  ["my-api", "--features", "sms"],
  ["my-api", "--admin-email", "admin@printer.local"],
  ["my-api", "--config", "missing.json"],
  ["my-api", "--config", "broken.json"],
  ["my-api", "--config", "list.json"],
  ["my-api", "--config", "typo.json"],
  ["my-api", "--start"],
  ["full"],
  ["a-file"],
  ["a-file/my-api"],
  ["a-link"],
  ["x".repeat(60) + "/" + "y".repeat(300), "--name", "x"],
];

/** A name that fits on a line and in a terminal. */
function named(words: readonly string[]): [string, readonly string[]] {
  return [printable(["create-secure-api", ...words].join(" ")), words];
}

describe("what is said when the command line or the target is wrong", () => {
  it.each(LINES.map(named))("%s", async (_, words) => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "broken.json"), "{docker: false}");
    await writeFile(path.join(cwd, "list.json"), "[]");
    await writeFile(path.join(cwd, "typo.json"), '{"databse": "sqlite"}');
    await writeFile(path.join(cwd, "a-file"), "");
    await mkdir(path.join(cwd, "full", "inside"), { recursive: true });
    await symlink("nowhere", path.join(cwd, "a-link"));

    expect(await textOf(runIn(cwd, [...words, "--no-install"]), cwd)).toMatchSnapshot();
  });
});

describe("what is said when the machine lacks something", () => {
  let answers: Awaited<ReturnType<typeof projectOf>>["answers"];
  beforeAll(async () => {
    ({ answers } = await projectOf());
  });

  it.each([
    ["no interpreter", "posix", undefined],
    ["no interpreter", "windows", undefined],
    ["an old one", "posix", { version: "3.9.2", facts: {} }],
    ["one that cannot make environments", "posix", { version: "3.11.2", facts: {} }],
  ] as const)("%s (%s)", async (_, platform, found) => {
    const tools = found === undefined ? {} : { python: { argv: ["python3"] as const, ...found } };
    const problem = stack.problem(answers, tools, platform);
    if (problem === undefined) throw new Error("nothing is lacking");
    expect(await textOf(Promise.reject(refused(problem)))).toMatchSnapshot();
  });
});
