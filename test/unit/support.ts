import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished } from "vitest";

import { type AnswerRecord, type OptionTable } from "../../src/answers/options.js";
import { resolveAnswers } from "../../src/answers/resolve.js";
import { type Answers, options, stack } from "../../src/stacks/registry.js";
import type { Project } from "../../src/stacks/stack.js";

/** A matcher without the `any` of the one it wraps. */
export function containing(part: string): unknown {
  return expect.stringContaining(part);
}

export function containingAll(items: readonly unknown[]): unknown {
  return expect.arrayContaining([...items]);
}

export function anyNumber(): unknown {
  return expect.any(Number);
}

/** A folder of this test alone, gone when it ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "create-secure-api test "));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Long enough to be told from words, constant so that texts can be compared. */
export const SECRETS = {
  secretKey: "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4",
  encryptionKeys: "k1:c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=",
  databasePassword: "6f6e6c79666f72746573747361747468656d6f6d656e7421",
  applicationPassword: "616e6f746865726f6e65666f727465737473616c6f6e6521",
};

/** A project as `create` has it after the questions. */
export async function projectOf(flags: AnswerRecord = {}): Promise<Project<Answers>> {
  const given = { directory: "my-api", ...flags };
  const sources = { table: options, flags: given, config: {}, ask: undefined };
  const { reserved } = stack;
  const resolved = await resolveAnswers({ ...sources, reserved, cwd: "/home/me" });
  return {
    ...resolved,
    secrets: SECRETS,
    generator: { name: "create-secure-api", version: "1.2.3" },
  };
}

/** Every combination of the answers that shape files. */
export function combinations(table: OptionTable): readonly AnswerRecord[] {
  const shaping = Object.entries(table).filter(([, row]) => row.part === "project");
  return shaping.reduce<readonly AnswerRecord[]>(
    (made, [key, row]) =>
      made.flatMap((answers) => valuesOf(row).map((value) => ({ ...answers, [key]: value }))),
    [{}],
  );
}

function valuesOf(row: OptionTable[string]): readonly AnswerRecord[string][] {
  switch (row.kind) {
    case "switch":
      return [true, false];
    case "choice":
      return row.choices;
    case "list":
      return row.choices.reduce<readonly string[][]>(
        (sets, choice) => [...sets, ...sets.map((set) => [...set, choice])],
        [[]],
      );
    case "text":
      return [row.default];
  }
}
