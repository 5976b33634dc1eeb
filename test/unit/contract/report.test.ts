import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { checks } from "../../../src/contract/checks/all.js";
import { claimById } from "../../../src/contract/catalogue/index.js";
import type { Facts } from "../../../src/contract/report/facts.js";
import { htmlOf } from "../../../src/contract/report/html.js";
import { junitOf } from "../../../src/contract/report/junit.js";
import { REPORT_MARKS } from "../../../src/contract/report/marks.js";
import { sarifOf } from "../../../src/contract/report/sarif.js";
import { entriesOf, select } from "../../../src/contract/selection.js";
import type { Verdict } from "../../../src/contract/verdict.js";

const entries = entriesOf(checks);
const attack = `<script>alert("1")</script>\u0000\uD800`;

function verdict(id: string, outcome: Verdict["outcome"]): Verdict {
  const seen = { claim: "it holds", request: attack, expected: "401", observed: attack };
  const why = outcome === "skipped" ? "it rains" : "";
  const fix = outcome === "failed" ? "Mend it." : "";
  return { id, profile: "production", outcome, why, fix, evidence: [seen], seconds: 0.5 };
}

const facts: Facts = {
  subject: attack,
  entries,
  verdicts: [
    verdict("AUTH-01", "passed"),
    verdict("SESS-01", "failed"),
    verdict("JWT-02", "skipped"),
  ],
  left: [{ profile: "development", why: attack }],
  seconds: 12,
  startedAt: "2026-11-25T12:00:00.000Z",
  generator: { name: "create-secure-api", version: "1.2.3" },
};

describe("the checks", () => {
  it("are of claims that the catalogue makes, one for each", () => {
    const ids = checks.map(({ id }) => id);
    expect(ids.filter((id) => !claimById.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(50);
  });

  it("are chosen by id, by section and by the letters of a section", () => {
    const chosen = (...words: string[]): number => {
      const selection = select(entries, words);
      return selection.kind === "selected" ? selection.entries.length : -1;
    };
    expect(chosen()).toBe(entries.length);
    expect(chosen("auth-01")).toBe(1);
    for (const { claim } of entries) expect(chosen(claim.id)).toBe(1);
    expect(chosen("sessions")).toBe(chosen("SESS"));
    expect(chosen("sessions", "auth-01")).toBe(chosen("sess") + 1);
    expect(select(entries, ["AUTH-999"])).toEqual({ kind: "unknown", words: ["AUTH-999"] });
  });
});

describe("the page", () => {
  const page = htmlOf(facts);

  it("repeats what came over the wire as text, and runs nothing", () => {
    expect(page).not.toContain("<script");
    expect(page).not.toContain("\u0000");
    expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)");
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/u);
  });

  it("opens what failed, and folds the rest", () => {
    expect(page).toMatch(/<details class="claim failed" id="SESS-01" open>/u);
    expect(page).toMatch(/<details class="claim passed" id="AUTH-01">/u);
  });

  it("maps requirements of the ASVS to what looked at them", () => {
    expect(page).toMatch(/<td>6\.3\.1<\/td><td><a class="chip passed" href="#AUTH-01">/u);
    expect(page).toContain("V6 Authentication");
  });

  it("has a target for every link, once", () => {
    const links = [...page.matchAll(/href="#([^"]+)"/gu)].map(([, id = ""]) => id);
    const targets = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id = ""]) => id);
    expect(links.filter((id) => !targets.includes(id))).toEqual([]);
    expect(new Set(targets).size).toBe(targets.length);
  });
});

describe("the page of a run under both profiles", () => {
  const both = (outcome: Verdict["outcome"]): readonly Verdict[] => [
    { ...verdict("AUTH-01", "passed"), profile: "development" },
    verdict("AUTH-01", outcome),
  ];
  const pageOf = (verdicts: readonly Verdict[]): string => htmlOf({ ...facts, verdicts });

  it("has each claim once, refuted where one profile refutes it", () => {
    expect(pageOf(both("failed"))).toMatch(/<details class="claim failed" id="AUTH-01" open>/u);
    expect(pageOf(both("passed"))).toMatch(/<details class="claim passed" id="AUTH-01">/u);
    expect(pageOf(both("skipped"))).toMatch(/<details class="claim passed" id="AUTH-01">/u);
  });

  it("says nothing of a profile that a check does not belong to", () => {
    const why = "belongs to the profile development";
    const verdicts = both("skipped").map((one) =>
      one.outcome === "skipped" ? { ...one, why } : one,
    );
    expect(pageOf(verdicts)).not.toContain(why);
  });
});

describe("the page's policy", () => {
  it("allows the style that it has, and nothing else", () => {
    const page = htmlOf(facts);
    const [, style = ""] = /<style>([^]*)<\/style>/u.exec(page) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
    expect(page).not.toMatch(/ style="|unsafe/u);
  });
});

describe("the reports for machines", () => {
  it("count in JUnit what failed and what was skipped", () => {
    const xml = junitOf(facts);
    expect(xml).toContain('tests="3" failures="1" skipped="1"');
    expect(xml).toContain('<skipped message="it rains"/>');
    expect(xml).not.toContain("\u0000");
  });

  it("name in SARIF each failure, and every rule that it refers to", () => {
    const sarif: unknown = JSON.parse(sarifOf(facts));
    expect(sarif).toMatchObject({
      version: "2.1.0",
      runs: [{ results: [{ ruleId: "SESS-01", level: "error" }] }],
    });
    expect(JSON.stringify(sarif)).toContain('"id":"SESS-01"');
  });
});

describe("an earlier report", () => {
  const texts = { html: htmlOf(facts), junit: junitOf(facts), sarif: sarifOf(facts) };

  it.each(["html", "junit", "sarif"] as const)("is known by its beginning: %s", (kind) => {
    const beginning = texts[kind].slice(0, 2000);
    expect(beginning).toMatch(REPORT_MARKS[kind]);
    const others = Object.entries(REPORT_MARKS).filter(([other]) => other !== kind);
    for (const [, mark] of others) expect(beginning).not.toMatch(mark);
  });

  it("is nothing that only speaks of one", () => {
    const about = "# Security\n\nThe report of create-secure-api is in report.html.\n";
    const foreign = texts.html.replace(/<meta name="generator".*/, "");
    for (const mark of Object.values(REPORT_MARKS)) {
      for (const text of [about, foreign, "<testsuites>", "{}"]) expect(text).not.toMatch(mark);
    }
  });
});
