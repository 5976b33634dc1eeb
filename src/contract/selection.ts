import { catalogue } from "./catalogue/index.js";
import type { Claim, Section } from "./catalogue/section.js";
import type { Check } from "./check.js";

/** A claim, its section, and the check that tries to refute it. */
export interface Entry {
  readonly claim: Claim;
  readonly section: Section;
  readonly check: Check;
}

/** Every check with what the catalogue says of it, in the catalogue's order. */
export function entriesOf(checks: readonly Check[]): readonly Entry[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return catalogue.flatMap((section) =>
    section.claims.flatMap((claim) => {
      const check = byId.get(claim.id);
      return check === undefined ? [] : [{ claim, section, check }];
    }),
  );
}

/** The wanted entries, or the words that name nothing. */
export type Selection =
  | { readonly kind: "selected"; readonly entries: readonly Entry[] }
  | { readonly kind: "unknown"; readonly words: readonly string[] };

/** Choose by ids (`AUTH-01`), sections (`auth`) and beginnings of ids (`AUTH`); no word: everything. */
export function select(entries: readonly Entry[], words: readonly string[]): Selection {
  const isMeant = (word: string, { claim, section }: Entry): boolean => {
    const wanted = word.toUpperCase();
    const id = claim.id.toUpperCase();
    return id === wanted || section.name.toUpperCase() === wanted || id.startsWith(`${wanted}-`);
  };
  const unknown = words.filter((word) => !entries.some((entry) => isMeant(word, entry)));
  if (unknown.length > 0) return { kind: "unknown", words: unknown };
  const chosen = entries.filter((entry) => words.some((word) => isMeant(word, entry)));
  return { kind: "selected", entries: words.length === 0 ? entries : chosen };
}
