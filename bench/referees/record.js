import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

import { VERSIONS } from "./tools.js";

const FILE = fileURLToPath(new URL("../../docs/referees.md", import.meta.url));
const SHOWN = 12;

/** What a person reads while it runs. */
export function show(verdict) {
  const { referee, open, sees, error } = verdict;
  const lines = open.slice(0, SHOWN).map((text) => `    ${text.slice(0, 600)}`);
  const more = open.length > SHOWN ? [`    ... and ${open.length - SHOWN} more`] : [];
  const blind = sees === false ? ["    it no longer sees the canary's holes"] : [];
  const failed = error === undefined ? [] : [`    ${error.slice(0, 2000)}`];
  const mark = verdict.notRun !== undefined ? "??" : verdict.isGood ? "ok" : "--";
  return [
    `${mark} ${referee.name}: ${summary(verdict)}`,
    ...failed,
    ...blind,
    ...lines,
    ...more,
  ].join("\n");
}

function summary({ notRun, error, looked, open, accepted, stale, seconds }) {
  if (notRun !== undefined) return `not run: ${notRun}`;
  if (error !== undefined) return "did not come to a result";
  const known = accepted === 0 ? "" : `, ${accepted} accepted`;
  const unused = stale.length === 0 ? "" : `, ${stale.length} exceptions are no longer needed`;
  return `${open.length} objections${known}${unused}; looked at ${looked} in ${seconds.toFixed(0)} s`;
}

/** Write docs/referees.md. */
export async function record(verdicts) {
  const rows = verdicts.map((verdict) => {
    const { referee, sees } = verdict;
    const versions = referee.packages.map((name) => `${name} ${VERSIONS[name]}`).join(", ");
    const canary = sees === undefined ? "needs a feed" : sees ? "seen" : "NOT SEEN";
    return `| ${referee.name} | ${versions} | ${referee.asks} | ${summary(verdict)} | ${canary} |`;
  });
  const reasons = verdicts.flatMap(({ referee, used }) =>
    used.map(({ pattern, why }) => `| ${referee.name} | \`${cell(pattern.source)}\` | ${why} |`),
  );
  const today = new Date().toISOString().slice(0, 10);
  const text = `# What tools from outside say

Written by \`npm run referees -- --record\` on ${today}, of a project with every feature and two resources, development settings,
limits raised. A referee's report decides, not its exit code; one that did not look at everything counts as an objection, and each has to
find what is planted in \`bench/referees/canary\`.

| referee | version | asks | result | canary |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

## What they say and we do not follow

| referee | says | why it stays |
| --- | --- | --- |
${reasons.join("\n")}

Operations that end the caller's own sign-in (signing out, a new password, the second factor, deleting the account) are left out of
the runs, since everything after them would be a 401: the project's own tests and \`verify\` attack those.
`;
  writeFileSync(FILE, await format(text, { parser: "markdown", printWidth: 140 }));
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}
