import type { Mode } from "../stacks/stack.js";

export interface PlannedFile {
  readonly text: string;
  readonly mode: Mode;
}

/** Path below the project, with `/` on every system, in sorted order -> file. */
export type Tree = ReadonlyMap<string, PlannedFile>;

/** What would happen to one path; `keep` names a file of the user's that is left alone. */
export interface Change {
  readonly path: string;
  readonly action: "create" | "update" | "delete" | "keep";
}

/** Everything that `create` writes. */
export interface Plan {
  readonly tree: Tree;
  readonly changes: readonly Change[];
  /** Paths whose text is never shown. */
  readonly secret: ReadonlySet<string>;
}
