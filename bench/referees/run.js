/**
 * What tools from outside say of a generated project: `npm run referees`, or `npm run referees -- wapiti bandit`.
 * Ends with 1 where one objects, did not look, or no longer sees the holes of the canary. `--record` writes
 * docs/referees.md. Needs uv, npm's registry, PyPI and slowhttptest; traffic goes to 127.0.0.1 only.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ACCEPTED } from "./accepted.js";
import { objectAccess, schemathesis } from "./panel/fuzzing.js";
import { bandit, detectSecrets, pipAudit, ruff } from "./panel/reading.js";
import { sqlmap, wapiti } from "./panel/scanning.js";
import { spectral } from "./panel/specification.js";
import { slowhttptest } from "./panel/stalling.js";
import { record, show } from "./record.js";
import { startCanary, startProject } from "./targets.js";

// The ones that change data come after those that read.
const PANEL = [
  spectral,
  bandit,
  ruff,
  detectSecrets,
  pipAudit,
  slowhttptest,
  objectAccess,
  wapiti,
  sqlmap,
  schemathesis,
];

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const panel = PANEL.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const scratch = mkdtempSync(join(tmpdir(), "create-secure-api-referees-"));
const verdicts = [];
const targets = [];
try {
  console.error("A project with everything and two resources, and the canary ...");
  const project = await startProject(scratch);
  targets.push(project);
  const canary = await startCanary(scratch);
  targets.push(canary);
  for (const referee of panel) {
    const verdict = await judge(referee, project, canary);
    verdicts.push(verdict);
    console.error(show(verdict));
  }
} finally {
  for (const { stop } of targets) await stop();
  if (!process.argv.includes("--keep")) rmSync(scratch, { recursive: true, force: true });
}
if (process.argv.includes("--record")) await record(verdicts);
process.exitCode = verdicts.some(({ isGood }) => !isGood) ? 1 : 0;

async function judge(referee, project, canary) {
  const started = performance.now();
  const { objections = [], ...found } = await attempt(referee, project);
  const seconds = (performance.now() - started) / 1000;
  const rules = ACCEPTED.filter((one) => one.referee === referee.name);
  const open = objections.filter((text) => !rules.some(({ pattern }) => pattern.test(text)));
  const accepted = objections.length - open.length;
  const used = rules.filter(({ pattern }) => objections.some((text) => pattern.test(text)));
  const stale = rules.filter((rule) => !used.includes(rule));
  const sees = await seesCanary(referee, canary);
  const looked = found.notRun !== undefined || found.looked >= found.of;
  const isGood = open.length === 0 && looked && sees !== false && found.error === undefined;
  return { referee, seconds, open, accepted, used, stale, sees, isGood, ...found };
}

async function attempt(referee, target) {
  try {
    return await referee.run(target);
  } catch (error) {
    return { error: error.message };
  }
}

/** Whether it still finds what was planted; `undefined` for one that needs a feed. */
async function seesCanary(referee, canary) {
  if (referee.canaryHas === undefined) return undefined;
  const { objections = [] } = await attempt(referee, canary);
  return objections.some((text) => referee.canaryHas.test(text));
}
