/**
 * Writes the parts of the documents that are made from something else:
 *
 *   npm run docs              the tables of options and fields, the index of claims, and what the recorded run showed
 *   npm run docs -- --record  records that run anew, for which it needs a pseudo-terminal (not Windows)
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { claimsPage } from "./docs/claims.js";
import { fieldsTable } from "./docs/fields.js";
import { optionsTable } from "./docs/options.js";
import { replacePart } from "./docs/parts.js";
import { readRecording, record, TITLE, transcriptOf } from "./docs/recording.js";
import { svgOf } from "./docs/svg.js";

/** @param {string} name */
const at = (name) => new URL(name, new URL("../", import.meta.url));
const RECORDING = at("docs/recording.json");

/** What the caller's own terminal, npm or build machine says must not show. */
const FOREIGN = /^(npm_|CI$|NO_COLOR$|FORCE_COLOR$|COLUMNS$|LINES$|NODE_ENV$|VIRTUAL_ENV$)/u;
/** Seconds between two keys. */
const PACE = 0.05;

/** A real run of the package as it would be published, in a folder of its own. */
function realRun() {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const env = { ...Object.fromEntries(kept), npm_config_loglevel: "error" };
  const root = fileURLToPath(at("."));
  const cwd = mkdtempSync(path.join(tmpdir(), "recording-"));
  try {
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", cwd], {
      cwd: root,
      env,
    });
    const tarball = readdirSync(cwd).find((name) => name.endsWith(".tgz")) ?? "";
    writeFileSync(path.join(cwd, "package.json"), "{}");
    execFileSync("npm", ["install", "--no-audit", "--no-fund", tarball], { cwd, env });
    return record(options, { cwd, env, pace: PACE });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const { options, stack } = await import(at("dist/stacks/registry.js").href);
const { FIELD_TYPES } = await import(at("dist/answers/fieldtypes.js").href);
const { catalogue } = await import(at("dist/contract/catalogue/index.js").href);
if (process.argv.includes("--record")) {
  writeFileSync(RECORDING, `${JSON.stringify(realRun())}\n`);
}
const recording = readRecording(readFileSync(RECORDING, "utf8"));
const transcript = ["```text", transcriptOf(recording), "```"].join("\n");

const before = readFileSync(at("README.md"), "utf8");
const made = { options: optionsTable(options), fields: fieldsTable(FIELD_TYPES), transcript };
const after = Object.entries(made).reduce(
  (text, [name, part]) => replacePart(text, name, part),
  before,
);
writeFileSync(at("README.md"), after);

const golden = at("test/golden/default/");
const claims = readdirSync(new URL("tests", golden), { recursive: true })
  .map((name) => String(name).replaceAll("\\", "/"))
  .sort()
  .filter((name) => name.endsWith(".py"))
  .flatMap((name) => {
    const file = `tests/${name}`;
    return stack.claims(file, readFileSync(new URL(file, golden), "utf8"));
  });
const page = claimsPage(claims, catalogue, "../test/golden/default");
const index = readFileSync(at("docs/claims.md"), "utf8");
writeFileSync(at("docs/claims.md"), replacePart(index, "claims", page));
writeFileSync(at("docs/recording.svg"), svgOf(recording, TITLE));
