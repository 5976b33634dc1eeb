import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readJson } from "../reports.js";
import { npmPrograms, run } from "../tools.js";

const PACKAGES = ["@stoplight/spectral-cli", "@stoplight/spectral-owasp-ruleset"];
const RULES = { extends: ["spectral:oas", "@stoplight/spectral-owasp-ruleset"] };

/** The specification, by the rules for the OWASP API Security Top 10 of 2023. */
export const spectral = {
  name: "spectral",
  packages: PACKAGES,
  asks: "Does the specification bound, authorise and declare everything (OWASP ruleset)?",
  canaryHas: /owasp:api4:2023-string-limit/u,
  async run(target) {
    const modules = await npmPrograms(target.scratch, PACKAGES);
    const document = join(target.folder, "openapi-whole.json");
    writeFileSync(document, JSON.stringify(target.document));
    const ruleset = join(modules, "..", "rules.json");
    writeFileSync(ruleset, JSON.stringify(RULES));
    const program = join(modules, ".bin", "spectral");
    const results = join(target.folder, "spectral.json");
    const format = ["--format", "json", "--output", results, "--quiet"];
    await run([program, "lint", document, "--ruleset", ruleset, ...format]);
    const found = readJson(results);
    const objections = found
      .filter(({ severity }) => severity === 0)
      .map(({ code, path }) => `${code} at ${path.join(".")}`);
    const operations = Object.values(target.document.paths).flatMap(Object.keys).length;
    return { looked: operations, of: operations, objections };
  },
};
