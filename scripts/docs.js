/**
 * Writes the parts of the documents that are made from something else:
 *
 *   npm run docs              the options table, and the transcript and the drawing of the recorded run
 *   npm run docs -- --record  records that run anew, for which it needs a pseudo-terminal (not Windows)
 */
import { readFileSync, writeFileSync } from "node:fs";

import { optionsTable } from "./docs/options.js";
import { replacePart } from "./docs/parts.js";
import { record, TITLE, transcriptOf } from "./docs/recording.js";
import { svgOf } from "./docs/svg.js";

/** @param {string} path */
const at = (path) => new URL(path, new URL("../", import.meta.url));
const RECORDING = at("docs/recording.json");

const { options } = await import(at("dist/stacks/registry.js").href);
if (process.argv.includes("--record")) {
  writeFileSync(RECORDING, `${JSON.stringify(record(options))}\n`);
}
/** @type {import("./docs/svg.js").Recording} */
const recording = JSON.parse(readFileSync(RECORDING, "utf8"));
const transcript = ["```text", transcriptOf(recording), "```"].join("\n");

const before = readFileSync(at("README.md"), "utf8");
const after = replacePart(before, "options", optionsTable(options));
writeFileSync(at("README.md"), replacePart(after, "transcript", transcript));
writeFileSync(at("docs/recording.svg"), svgOf(recording, TITLE));
