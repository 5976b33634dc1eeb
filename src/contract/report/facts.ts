import type { Claim } from "../catalogue/section.js";
import type { Profile } from "../check.js";
import type { Entry } from "../selection.js";
import type { Verdict } from "../verdict.js";

/** A whole run, to be reported. */
export interface Result {
  /** What was attacked, in words. */
  readonly subject: string;
  readonly entries: readonly Entry[];
  readonly verdicts: readonly Verdict[];
  /** Profiles that were not run, and why. */
  readonly left: readonly { readonly profile: Profile; readonly why: string }[];
  readonly seconds: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What every form of the report is made from. */
export interface Facts extends Result {
  readonly generator: { readonly name: string; readonly version: string };
}

/** A verdict with what the catalogue says of it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly claim: Claim;
  readonly section: string;
}

/** Every verdict with its claim. */
export function judged({ entries, verdicts }: Facts): readonly Judged[] {
  const byId = new Map(entries.map((entry) => [entry.claim.id, entry]));
  return verdicts.flatMap((verdict) => {
    const entry = byId.get(verdict.id);
    if (entry === undefined) return [];
    return [{ verdict, claim: entry.claim, section: entry.section.name }];
  });
}

/** Skipped because the check is made under the other profile: no news where that one ran. */
export function isForOther({ outcome, why }: Verdict): boolean {
  return outcome === "skipped" && why.startsWith("belongs to");
}

/** Text that may stand between tags or in a quoted attribute of XML and HTML. */
export function escaped(text: string): string {
  return (
    text
      // XML has no way to write these at all.
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\uD800-\uDFFF]/gu, "\uFFFD")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
