import { readdirSync } from "node:fs";
import { join } from "node:path";

import { readJson, readText } from "../reports.js";
import { python } from "../tools.js";

const WAPITI_MODULES =
  "sql,timesql,xss,exec,file,redirect,ssrf,http_headers,cookieflags,csp,methods,crlf,xxe";

/** A scanner of the whole address space: it ends with 0 whatever it finds, so its report decides. */
export const wapiti = {
  name: "wapiti",
  packages: ["wapiti3"],
  asks: "Is anything injected, included, redirected or reflected, and does every page have its headers?",
  canaryHas: /execution|cross site/iu,
  async run(target) {
    const report = join(target.folder, "wapiti.json");
    const header = ["--header", `Authorization: Bearer ${await target.signIn()}`];
    const time = ["--max-scan-time", "900", "--max-attack-time", "120"];
    const where = ["--url", `${target.url}/`, "--swagger", target.specification];
    const how = ["--scope", "folder", "--module", WAPITI_MODULES, "--flush-session"];
    const output = ["--no-bugreport", "--verbose", "1", "--format", "json", "--output", report];
    const words = [...where, ...how, ...header, ...time, ...output];
    const env = { HOME: target.folder };
    const { stdout, stderr } = await python("wapiti3", ["wapiti", ...words], { env, minutes: 20 });
    const { infos, vulnerabilities, anomalies } = readJson(report, `${stdout}${stderr}`);
    const objections = [vulnerabilities, anomalies].flatMap((kinds) =>
      Object.entries(kinds).flatMap(([kind, found]) =>
        found.map(({ method, path, info }) => `${kind}: ${method} ${path} ${info}`),
      ),
    );
    return { looked: infos.crawled_pages_nbr, of: Math.min(target.operations, 2), objections };
  },
};

/** Every parameter of every operation; it, too, ends with 0, and its table of results decides. */
export const sqlmap = {
  name: "sqlmap",
  packages: ["sqlmap"],
  asks: "Does any parameter become SQL?",
  canaryHas: /sort|q/u,
  async run(target) {
    const output = join(target.folder, "sqlmap");
    const header = ["--headers", `Authorization: Bearer ${await target.signIn()}`];
    const how = ["--batch", "--level", "2", "--risk", "1", "--output-dir", output];
    const words = ["--openapi", target.specification, ...header, ...how];
    const { stdout } = await python("sqlmap", ["sqlmap", ...words], { minutes: 30 });
    const tables = readdirSync(output).filter((name) => /^results-.*\.csv$/u.test(name));
    const rows = tables.flatMap((name) => readText(join(output, name)).trim().split("\n").slice(1));
    const looked = [...stdout.matchAll(/^\[\d+\/\d+\] /gmu)].length;
    return { looked, of: 1, objections: rows };
  },
};
