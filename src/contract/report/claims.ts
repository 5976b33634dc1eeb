import { catalogue } from "../catalogue/index.js";
import type { Claim } from "../catalogue/section.js";
import type { Evidence } from "../check.js";
import type { Verdict } from "../verdict.js";
import { escaped, type Facts, isForOther } from "./facts.js";

type Outcome = Verdict["outcome"];

/** A claim with what became of it under each profile, and on the whole. */
export interface Outcomes {
  readonly claim: Claim;
  readonly section: string;
  readonly outcome: Outcome;
  readonly verdicts: readonly Verdict[];
}

export const MARKS: Readonly<Record<Outcome, string>> = { passed: "✔", failed: "✖", skipped: "–" };

/** Every claim that was looked at, in the order of the catalogue. */
export function claimsOf({ entries, verdicts }: Facts): readonly Outcomes[] {
  return entries.flatMap(({ claim, section }) => {
    const all = verdicts.filter(({ id }) => id === claim.id);
    const own = all.length > 1 ? all.filter((verdict) => !isForOther(verdict)) : all;
    const outcome = overall(own);
    return own.length === 0 ? [] : [{ claim, section: section.name, outcome, verdicts: own }];
  });
}

/** One refutation is enough; what was shown under one profile was shown. */
function overall(verdicts: readonly Verdict[]): Outcome {
  const has = (wanted: Outcome): boolean => verdicts.some(({ outcome }) => outcome === wanted);
  return has("failed") ? "failed" : has("passed") ? "passed" : "skipped";
}

/** The sections with their claims, and the evidence folded under each. */
export function sectionsHtml(all: readonly Outcomes[]): string {
  return catalogue
    .map(({ name, title }) => {
      const own = all.filter(({ section }) => section === name);
      if (own.length === 0) return "";
      const count = `<small>${own.length} claims</small>`;
      const head = `<section id="${name}"><h2>${escaped(title)} ${count}</h2>`;
      return [head, ...own.map(claimHtml), "</section>"].join("\n");
    })
    .join("\n");
}

function claimHtml({ claim, outcome, verdicts }: Outcomes): string {
  const { id, title, severity } = claim;
  const sources = [`${severity} severity`, ...claim.sources].map(
    (source) => `<span class="chip source">${escaped(source)}</span>`,
  );
  const chips = verdicts.map(
    (one) => `<span class="chip ${one.outcome}">${MARKS[one.outcome]} ${one.profile}</span>`,
  );
  return [
    `<details class="claim ${outcome}" id="${id}"${outcome === "failed" ? " open" : ""}>`,
    `<summary><span class="${outcome}-ink">${MARKS[outcome]}</span><span class="id">${id}</span>`,
    `<span>${escaped(title)}</span><span class="chips">${chips.join("")}</span></summary>`,
    `<div class="inside"><p class="sources">${sources.join("")}</p>`,
    ...verdicts.map((verdict) => verdictHtml(verdict, verdicts.length > 1)),
    "</div></details>",
  ].join("");
}

function verdictHtml(verdict: Verdict, isOneOfMany: boolean): string {
  const { profile, outcome, why, fix, evidence, seconds } = verdict;
  const name = isOneOfMany ? `<h3>${profile} ` : "<h3>";
  const last = evidence.length - 1;
  return [
    `${name}<small>${outcome}, ${seconds.toFixed(2)} s</small></h3>`,
    why === "" ? "" : `<p>Not attacked: ${escaped(why)}.</p>`,
    fix === "" ? "" : `<p class="fix"><b>Fix.</b> ${escaped(fix)}</p>`,
    '<ol class="evidence">',
    ...evidence.map((seen, index) => evidenceHtml(seen, outcome === "failed" && index === last)),
    "</ol>",
  ].join("");
}

function evidenceHtml(
  { claim, request, expected, observed }: Evidence,
  isAgainst: boolean,
): string {
  const row = (name: string, text: string): string =>
    text === "" ? "" : `<dt>${name}</dt><dd>${escaped(text)}</dd>`;
  const rows = `${row("request", request)}${row("expected", expected)}${row("observed", observed)}`;
  const list = isAgainst ? '<dl class="against">' : "<dl>";
  return `<li>${escaped(claim)}${list}${rows}</dl></li>`;
}
