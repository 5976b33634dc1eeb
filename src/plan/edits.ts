import { unifiedDiff } from "./diff.js";
import type { Change } from "./plan.js";

/** What happens to one file of a project that is there already. */
export interface Edit {
  /** Below the project, with `/` on every system. */
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly before: string | undefined;
  /** Undefined where the file is taken away. */
  readonly after: string | undefined;
}

/** The edit in a word. A file whose text stays is named because somebody may expect otherwise. */
export function changeOf({ path, before, after }: Edit): Change {
  if (before === undefined) return { path, action: "create" };
  if (after === undefined) return { path, action: "delete" };
  return { path, action: before === after ? "keep" : "update" };
}

/** Edits in words, by path. */
export function changesOf(edits: readonly Edit[]): readonly Change[] {
  return edits.map(changeOf).toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** Edits as a unified diff. */
export function diffOf(edits: readonly Edit[]): string {
  return edits.map(({ path, before, after }) => unifiedDiff(path, before, after)).join("");
}
