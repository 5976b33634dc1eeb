import { join } from "node:path";

import { findRoot, readFolder, readTexts } from "../disk/project.js";
import { loadTemplates, templatesFolder } from "../disk/templates.js";
import { refused } from "../errors.js";
import { headOf } from "../plan/history.js";
import { isUnderstood } from "../plan/describe.js";
import { readRecord, RECORD_PATH, recordedVersion } from "../plan/record.js";
import { renderer } from "../plan/render.js";
import type { ProjectState, Rendering } from "../plan/resource.js";
import { isNewer } from "../plan/version.js";
import { platform } from "../run/platform.js";
import { stack } from "../stacks/registry.js";
import { knownStacks, resourceStack } from "../stacks/resources.js";
import type { Site } from "../stacks/stack.js";
import type { Context } from "./context.js";
import { unknownRecord } from "./record.js";

/** The project around the current folder. */
export interface OpenProject extends ProjectState {
  readonly root: string;
  readonly site: Site;
}

/** Find the project and read what decides about changes to it. */
export async function openProject({ cwd, generator }: Context): Promise<OpenProject> {
  const root = await findRoot(cwd, RECORD_PATH);
  if (root === undefined) {
    throw refused({
      code: "project.missing",
      message: `"${cwd}" is in no project: no ${RECORD_PATH} there or above.`,
      hint: "Go into a project, or make one: create-secure-api my-api",
    });
  }
  const registries = resourceStack.registries.map(({ path }) => path);
  const texts = await readTexts(root, [RECORD_PATH, ...registries]);
  const text = texts.get(RECORD_PATH) ?? "";
  refuseNewer(text, generator);
  const record = readRecord(text);
  const isKnown =
    record !== undefined && knownStacks.includes(record.stack) && isUnderstood(record);
  if (!isKnown) throw unknownRecord(root);
  return { root, record, texts, site: { root, platform: platform(), tools: {} } };
}

/** A later version may write what this one does not know, and would lose. */
function refuseNewer(text: string, { name, version }: Context["generator"]): void {
  const made = recordedVersion(text);
  if (made === undefined || isNewer(made, version) !== true) return;
  throw refused({
    code: "project.newer",
    message: `The project is of ${name} ${made}, and this is ${version}: an older one.`,
    hint: `Run the same with that version: npx ${name}@${made}`,
  });
}

/** Where a new migration hangs, and what is there already. */
export interface Place {
  /** The revision that it follows. */
  readonly parent: string;
  readonly paths: ReadonlySet<string>;
}

/** Find where a new migration hangs. */
export async function findPlace({ root }: OpenProject): Promise<Place> {
  const { history } = resourceStack;
  const { folder } = history;
  const texts = await readFolder(root, { folder, takes: (name) => history.isMigration(name) });
  const head = headOf(history, texts);
  if (head.kind === "refused") throw refused(head.problem);
  return { parent: head.revision, paths: new Set(texts.keys()) };
}

const MINUTE = 60_000;

/** Now, or the first minute after it at which no migration has the name that a new one would get. */
export function freeMinute(isTaken: (writtenAt: string) => boolean, now = Date.now()): string {
  const writtenAt = new Date(now).toISOString();
  return isTaken(writtenAt) ? freeMinute(isTaken, now + MINUTE) : writtenAt;
}

/** The templates of a resource, ready to be filled in. */
export async function loadRendering({ templates }: Context): Promise<Rendering> {
  const folder = join(templates ?? templatesFolder, stack.folder, "resource");
  return {
    stack: resourceStack,
    templates: await loadTemplates(folder),
    render: renderer(stack.quoting),
  };
}
