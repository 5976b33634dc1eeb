import type { Claim, Severity } from "../catalogue/section.js";
import { type Facts, judged } from "./facts.js";

const LEVELS: Readonly<Record<Severity, string>> = {
  high: "error",
  medium: "warning",
  low: "note",
};
/** As code scanners read `security-severity`: 7 and more is high. */
const SCORES: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** The result as SARIF 2.1.0: a rule for each claim, a result for each failure. */
export function sarifOf(facts: Facts): string {
  const results = judged(facts)
    .filter(({ verdict }) => verdict.outcome === "failed")
    .map(({ verdict, claim }) => {
      const seen = verdict.evidence.at(-1);
      const text = [
        `${claim.title} (${verdict.profile}).`,
        `Request: ${seen?.request ?? ""}`,
        `Expected: ${seen?.expected ?? ""}`,
        `Observed: ${seen?.observed ?? ""}`,
        `Fix: ${verdict.fix}`,
      ].join("\n");
      return {
        ruleId: claim.id,
        level: LEVELS[claim.severity],
        message: { text },
        // What failed is an answer, not a line; a scanner wants a file, and this one is always there.
        locations: [{ physicalLocation: { artifactLocation: { uri: ".secure-api.json" } } }],
        partialFingerprints: { check: `${claim.id}/${verdict.profile}` },
      };
    });
  const driver = {
    name: facts.generator.name,
    semanticVersion: facts.generator.version,
    rules: facts.entries.map(({ claim }) => ruleOf(claim)),
  };
  const sarif = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, results }],
  };
  return `${JSON.stringify(sarif, undefined, 2)}\n`;
}

function ruleOf({ id, title, sources, severity }: Claim): object {
  return {
    id,
    shortDescription: { text: title },
    help: { text: `Demanded by: ${sources.join(", ")}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["security", ...sources], "security-severity": SCORES[severity] },
  };
}
