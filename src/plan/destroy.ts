import type { Problem } from "../errors.js";
import type { ResourceStack, Subject } from "../stacks/resource.js";
import { spellResource } from "../answers/resource.js";
import { recordedResource } from "./describe.js";
import type { Edit } from "./edits.js";
import type { ProjectRecord, ResourceRecord } from "./record.js";
import {
  type ProjectState,
  recordEdit,
  type ResourcePlan,
  type Texts,
  wire,
  wiringEdits,
  withHashes,
} from "./resource.js";

export interface DestroyPlan {
  readonly stack: ResourceStack;
  readonly state: ProjectState;
  readonly known: ResourceRecord;
  readonly subject: Subject;
  /** Those of its files that are there. */
  readonly existing: Texts;
  /** The migration that drops the table: path and text. Undefined when the one that made it goes instead. */
  readonly drop: readonly [path: string, text: string] | undefined;
  readonly hasWiring: boolean;
  readonly sha256: (text: string) => string;
}

/** Everything that taking a resource out changes. What the user has edited is kept, and named. */
export function planDestroy(plan: DestroyPlan): ResourcePlan {
  const { stack, state, known, subject, drop, sha256 } = plan;
  const removed = known.files
    .filter((path) => path !== known.migration.path || drop === undefined)
    .flatMap((path) => removal(path, plan));
  const added = drop === undefined ? [] : [{ path: drop[0], before: undefined, after: drop[1] }];
  const wired = plan.hasWiring
    ? wire(stack, state, (registry, text) => registry.remove(text, subject))
    : [];
  const edits = [...removed, ...added, ...wiringEdits(wired, state)];
  const resources = state.record.resources.filter((one) => one !== known);
  const record = withHashes({ ...state.record, resources }, edits, sha256);
  return { edits: [...edits, ...recordEdit(state, record)], wired };
}

function removal(path: string, { existing, state, sha256 }: DestroyPlan): readonly Edit[] {
  const before = existing.get(path);
  if (before === undefined) return [];
  const isOurs = sha256(before) === state.record.files[path];
  return [{ path, before, after: isOurs ? undefined : before }];
}

/** Whether the newest migration made the table and is as it was written: then it can go again, if nobody ran it. */
export function canTakeBack(
  { known, existing, state, sha256 }: Omit<DestroyPlan, "drop" | "stack" | "hasWiring" | "subject">,
  head: string,
): boolean {
  const text = existing.get(known.migration.path);
  const isOurs = text !== undefined && sha256(text) === state.record.files[known.migration.path];
  return isOurs && head === known.migration.revision;
}

/** Why a resource cannot go: others refer to it. */
export function stillReferred(known: ResourceRecord, record: ProjectRecord): Problem | undefined {
  const { snake } = spellResource(known.name).singular;
  const referring = record.resources.filter(
    (other) =>
      other !== known &&
      recordedResource(other).fields.some(
        ({ type }) => "model" in type && spellResource(type.model).singular.snake === snake,
      ),
  );
  if (referring.length === 0) return undefined;
  const names = referring.map(({ name }) => name);
  return {
    code: "resource.referred",
    message: `"${known.name}" cannot go: ${names.join(" and ")} ${names.length === 1 ? "refers" : "refer"} to it.`,
    hint: names.map((name) => `create-secure-api destroy resource ${name}`).join("\n"),
  };
}
