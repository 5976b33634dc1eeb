/** By what an attacker gains where the claim does not hold. */
export type Severity = "high" | "medium" | "low";

/** What came first: 1 blocks a release, 2 follows, 3 completes. */
export type Wave = 1 | 2 | 3;

/** One promise about every generated project, which an attack can refute. */
export interface Claim {
  /** Kept for ever: tests, reports and documents name it. */
  readonly id: string;
  readonly title: string;
  /** What demands it, as in "ASVS 6.3.1" (of 5.0.0), "API2" (OWASP API Security Top 10, 2023) or "RFC 9700 4.14.2". */
  readonly sources: readonly string[];
  readonly severity: Severity;
  readonly wave: Wave;
}

/** The claims about one subject; ids of a section share their letters. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly claims: readonly Claim[];
}
