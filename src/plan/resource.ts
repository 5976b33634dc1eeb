import type { AnswerRecord } from "../answers/options.js";
import type { Resource } from "../answers/resource.js";
import type {
  MigrationFacts,
  Subject,
  ResourceFile,
  ResourceRequest,
  ResourceStack,
  Wiring,
} from "../stacks/resource.js";
import { recordedResource, recordOf } from "./describe.js";
import type { Edit } from "./edits.js";
import { type ProjectRecord, RECORD_PATH, recordText, type ResourceRecord } from "./record.js";
import type { Render } from "./render.js";
import { findResource } from "./wishes.js";

/** Path -> text. */
export type Texts = ReadonlyMap<string, string>;

/** What became of one registry. */
export interface Wired {
  readonly path: string;
  readonly wiring: Wiring;
}

export interface ResourcePlan {
  /** Everything that changes, the record too. */
  readonly edits: readonly Edit[];
  readonly wired: readonly Wired[];
}

/** A project as its files are now. */
export interface ProjectState {
  readonly record: ProjectRecord;
  /** Of the record and the registries. */
  readonly texts: Texts;
}

export interface Rendering {
  readonly stack: ResourceStack;
  readonly templates: Texts;
  readonly render: Render;
}

/** What the files of a resource are made from. */
export function requestFor(
  resource: Resource,
  record: ProjectRecord,
  migration: MigrationFacts,
): ResourceRequest {
  const known = record.resources.map((one) => [one.name, recordedResource(one)] as const);
  const resources = new Map([...known, [resource.names.singular.pascal, resource] as const]);
  const answers: AnswerRecord = record.answers;
  return { resource, resources, answers, migration };
}

/** The files as text. */
export function renderFiles(
  files: readonly ResourceFile[],
  { stack, templates, render }: Rendering,
): Texts {
  const rendered = files.map(({ from, to, view }) => {
    const template = templates.get(from);
    if (template === undefined) throw new Error(`There is no template "${from}".`);
    return [to, stack.finish(render(template, view))] as const;
  });
  return new Map(rendered.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

export interface GeneratePlan {
  readonly stack: ResourceStack;
  readonly state: ProjectState;
  readonly subject: Subject;
  /** Its files, rendered. */
  readonly files: Texts;
  readonly migration: ResourceRecord["migration"];
  /** Those of its files that are there already. */
  readonly existing: Texts;
  readonly hasWiring: boolean;
  readonly sha256: (text: string) => string;
}

/** Everything that adding a resource changes. Nothing for one that is there, whole and wired. */
export function planResource(plan: GeneratePlan): ResourcePlan {
  const { state, subject, files, existing, migration } = plan;
  const { resource } = subject;
  const known = findResource(state.record, resource.names.singular.snake);
  // History is not written twice: a migration that somebody took away stays away.
  const missing = [...files].filter(
    ([path]) => !existing.has(path) && !(known !== undefined && path === migration.path),
  );
  const written = missing.map(([path, after]) => ({ path, before: undefined, after }));
  const wired = plan.hasWiring
    ? wire(plan.stack, state, (registry, text) => registry.add(text, subject))
    : [];
  const edits = [...written, ...wiringEdits(wired, state)];
  if (edits.length === 0 && known !== undefined) return { edits, wired };
  const entry = known ?? recordOf(resource, { files: [...files.keys()], migration });
  const resources = [...state.record.resources.filter((one) => one !== known), entry];
  const record = withHashes({ ...state.record, resources: byName(resources) }, edits, plan.sha256);
  return { edits: [...edits, ...recordEdit(state, record)], wired };
}

function byName(resources: readonly ResourceRecord[]): readonly ResourceRecord[] {
  return resources.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

type Registry = ResourceStack["registries"][number];

/** Put to every registry what should become of it. */
export function wire(
  { registries }: ResourceStack,
  { texts }: ProjectState,
  change: (registry: Registry, text: string) => Wiring,
): readonly Wired[] {
  return registries.map((registry) => ({
    path: registry.path,
    wiring: change(registry, texts.get(registry.path) ?? ""),
  }));
}

/** The registries that are written anew. */
export function wiringEdits(wired: readonly Wired[], { texts }: ProjectState): readonly Edit[] {
  return wired.flatMap(({ path, wiring }) =>
    wiring.kind === "written" ? [{ path, before: texts.get(path), after: wiring.text }] : [],
  );
}

/** The record with the hash of what is written; a file that the user had edited stays known as edited. */
export function withHashes(
  record: ProjectRecord,
  edits: readonly Edit[],
  sha256: (text: string) => string,
): ProjectRecord {
  const files = new Map(Object.entries(record.files));
  for (const { path, before, after } of edits) {
    const known = files.get(path);
    if (after === undefined) files.delete(path);
    else if (before === undefined || known === sha256(before)) files.set(path, sha256(after));
  }
  const sorted = [...files].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { ...record, files: Object.fromEntries(sorted) };
}

/** The change of the record itself, if it changes. */
export function recordEdit({ texts }: ProjectState, record: ProjectRecord): readonly Edit[] {
  const before = texts.get(RECORD_PATH);
  const after = recordText(record);
  return before === after ? [] : [{ path: RECORD_PATH, before, after }];
}
