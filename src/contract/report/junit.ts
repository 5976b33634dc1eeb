import { count } from "../verdict.js";
import { escaped, type Facts, judged, type Judged } from "./facts.js";

/** The result as JUnit XML: a suite for each profile, a case for each check. */
export function junitOf(facts: Facts): string {
  const all = judged(facts);
  const profiles = [...new Set(all.map(({ verdict }) => verdict.profile))];
  const suites = profiles.flatMap((profile) => {
    const own = all.filter(({ verdict }) => verdict.profile === profile);
    const { failed, skipped } = count(own.map(({ verdict }) => verdict));
    const seconds = own.reduce((sum, { verdict }) => sum + verdict.seconds, 0);
    return [
      `  <testsuite name="security contract, ${profile}" tests="${own.length}" failures="${failed}" ` +
        `skipped="${skipped}" time="${seconds.toFixed(3)}" timestamp="${facts.startedAt}">`,
      ...own.map(testcase),
      "  </testsuite>",
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(facts.generator.name)}">`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function testcase({ verdict, claim, section }: Judged): string {
  const name = escaped(`${claim.id}: ${claim.title}`);
  const open = `    <testcase classname="${section}" name="${name}" time="${verdict.seconds.toFixed(3)}"`;
  if (verdict.outcome === "passed") return `${open}/>`;
  if (verdict.outcome === "skipped") {
    return `${open}><skipped message="${escaped(verdict.why)}"/></testcase>`;
  }
  const seen = verdict.evidence.at(-1);
  const text = [
    `request:  ${seen?.request ?? ""}`,
    `expected: ${seen?.expected ?? ""}`,
    `observed: ${seen?.observed ?? ""}`,
    `fix:      ${verdict.fix}`,
  ].join("\n");
  return `${open}><failure message="${escaped(seen?.claim ?? claim.title)}">${escaped(text)}</failure></testcase>`;
}
