import { join } from "node:path";
import { parseConfig } from "../../src/answers/parse.js";
import { resolveAnswers } from "../../src/answers/resolve.js";
import type { AnswerRecord } from "../../src/answers/options.js";
import { sha256 } from "../../src/commands/secrets.js";
import { readPackage } from "../../src/disk/package.js";
import { loadTemplates, templatesFolder } from "../../src/disk/templates.js";
import type { Tree } from "../../src/plan/plan.js";
import { planProject } from "../../src/plan/project.js";
import { options, stack } from "../../src/stacks/registry.js";

/** Secrets that are recognised when they turn up where they should not. */
export const SECRETS = {
  secretKey: "golden-secret-key-that-is-in-no-file-but-one".padEnd(64, "0"),
  databasePassword: "60".repeat(24),
  encryptionKeys: `k1:${Buffer.alloc(32, "golden").toString("base64")}`,
} as const;

/** The project that these answers make, in memory. */
export async function planOf(answers: unknown): Promise<Tree> {
  const config = parseConfig(options, answers, "test");
  const { reserved } = stack;
  const sources = { table: options, flags: {}, config, ask: undefined, reserved, cwd: "/home/me" };
  const { answers: all, names } = await resolveAnswers(sources);
  const project = { answers: all, names, secrets: SECRETS, generator: readPackage() };
  return planProject({ stack, table: options, project, templates: await templates(), sha256 }).tree;
}

/** The files that are made by the template engine, and not copied. */
export async function renderedPaths(): Promise<ReadonlySet<string>> {
  const rows = stack.manifest([...(await templates()).keys()]);
  return new Set(rows.filter(({ from }) => from.endsWith(".hbs")).map(({ to }) => to));
}

function templates(): Promise<ReadonlyMap<string, string>> {
  return loadTemplates(join(templatesFolder, stack.folder, "project"));
}

/** Every combination of the options that shape files. Of the features: none, each alone, all. */
export function combinations(): readonly AnswerRecord[] {
  let all: readonly AnswerRecord[] = [{ directory: "my-api" }];
  for (const [key, row] of Object.entries(options)) {
    if (row.part !== "project" || row.kind === "text") continue;
    all = all.flatMap((answers) => valuesOf(row).map((value) => ({ ...answers, [key]: value })));
  }
  return all;
}

type Row = (typeof options)[keyof typeof options];

function valuesOf(row: Exclude<Row, { kind: "text" }>): readonly AnswerRecord[string][] {
  switch (row.kind) {
    case "switch":
      return [true, false];
    case "choice":
      return row.choices;
    case "list": {
      const choices: readonly string[] = row.choices;
      const alone = choices.map((choice) => [choice]);
      return choices.length === 0 ? [[]] : [[], ...alone, choices];
    }
  }
}

/** A combination as a test's title. */
export function title(answers: AnswerRecord): string {
  return JSON.stringify({ ...answers, directory: undefined });
}
