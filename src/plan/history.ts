import type { Problem } from "../errors.js";
import type { History, Revision } from "../stacks/resource.js";

/** The newest migration, or why there is not one that a new one could hang on. */
export type Head =
  | { readonly kind: "head"; readonly revision: string }
  | { readonly kind: "refused"; readonly problem: Problem };

function refusal(problem: Problem): Head {
  return { kind: "refused", problem };
}

/** Find the head of the chain in the texts of its migrations. */
export function headOf(history: History, texts: ReadonlyMap<string, string>): Head {
  const revisions = new Map<string, Revision>();
  const paths = new Map<string, string>();
  for (const [path, text] of texts) {
    const revision = history.read(text);
    if (revision === undefined) return refusal(history.unreadable(path));
    const twin = paths.get(revision.id);
    if (twin !== undefined) return refusal(history.twice(revision.id, [twin, path]));
    revisions.set(revision.id, revision);
    paths.set(revision.id, path);
  }
  const parents = new Set<string>();
  for (const revision of revisions.values()) {
    const lost = revision.parents.find((parent) => !revisions.has(parent));
    if (lost !== undefined) return refusal(history.lost(paths.get(revision.id) ?? "", lost));
    for (const parent of revision.parents) parents.add(parent);
  }
  const heads = [...revisions.keys()].filter((id) => !parents.has(id));
  const [revision] = heads;
  return heads.length === 1 && revision !== undefined
    ? { kind: "head", revision }
    : refusal(history.severalHeads(heads.toSorted()));
}
