import type { Evidence, Profile } from "./check.js";

/** What became of one check under one profile. */
export interface Verdict {
  readonly id: string;
  readonly profile: Profile;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it was skipped; empty otherwise. */
  readonly why: string;
  /** What was seen, in order; of a failed check the last one refutes the claim. */
  readonly evidence: readonly Evidence[];
  /** Where to look, for a failed check; empty otherwise. */
  readonly fix: string;
  readonly seconds: number;
}

/** How many there are of each kind. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function count(verdicts: readonly Verdict[]): Counts {
  const of = (outcome: Verdict["outcome"]): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}
