import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { python } from "../tools.js";
import { readJson, readText } from "../reports.js";

const EXAMPLES = "30";

/** Requests made from the specification: valid, nearly valid and hostile ones, and chains of them. */
export const schemathesis = {
  name: "schemathesis",
  packages: ["schemathesis"],
  asks: "Does every answer keep to the specification, and is none a 5xx (all checks, four phases)?",
  canaryHas: /Server error/u,
  async run(target) {
    const config = configure(target, [target.people[0]]);
    const phases = ["--phases", "examples,coverage,fuzzing,stateful", "--continue-on-failure"];
    return fuzz(target, config, ["--max-examples", EXAMPLES, "--seed", "1", ...phases]);
  },
};

/** Two people and the objects of each: what one made, the other must not get. */
export const objectAccess = {
  name: "schemathesis, two users",
  packages: ["schemathesis"],
  asks: "Does nobody receive, change or keep using what belongs to somebody else (BOLA)?",
  canaryHas: /authorization bypass/iu,
  async run(target) {
    const config = configure(target, target.people.slice(-2));
    const checks = ["--checks", "object_level_authorization,ignored_auth,use_after_free"];
    const how = ["--phases", "stateful", "--max-examples", "60", "--seed", "3"];
    const found = await fuzz(target, config, [...checks, ...how]);
    // Only operations on an object have an owner.
    const owned = Object.keys(target.document.paths).filter((path) => path.includes("{"));
    return { ...found, of: owned.length };
  },
};

/** Let schemathesis sign in itself: Web Fuzzing Commons, the format that fuzzers share. */
function configure({ folder, login }, people) {
  const auth = people.map(({ name, username, password }) => ({
    name,
    loginEndpointAuth: { payloadRaw: new URLSearchParams({ username, password }).toString() },
  }));
  const token = {
    extractFrom: "body",
    extractSelector: "/access_token",
    sendIn: "header",
    sendName: "Authorization",
    sendTemplate: "Bearer {token}",
  };
  const loginEndpointAuth = {
    endpoint: login.path,
    verb: "POST",
    contentType: "application/x-www-form-urlencoded",
    token,
  };
  const credentials = join(folder, "wfc.json");
  writeFileSync(credentials, JSON.stringify({ authTemplate: { loginEndpointAuth }, auth }));
  const names = people.map(({ name }) => JSON.stringify(name));
  const peers = names.length > 1 ? `peers = [${names.join(", ")}]\n` : "";
  const config = join(folder, "schemathesis.toml");
  const path = JSON.stringify(credentials);
  writeFileSync(config, `[auth.wfc]\npath = ${path}\nuser = ${names[0]}\n${peers}`);
  return config;
}

async function fuzz(target, config, options) {
  const [report, junit] = ["json", "xml"].map((kind) =>
    join(target.folder, `schemathesis.${kind}`),
  );
  const files = ["--report-json-path", report, "--report-junit-path", junit];
  const address = [target.specification, "--url", target.url];
  const words = ["run", ...address, ...options, "--report", "json,junit", ...files];
  const { stdout, stderr } = await python(
    "schemathesis",
    ["st", "--config-file", config, ...words],
    {
      cwd: target.folder,
      minutes: 15,
    },
  );
  // A check that cannot run is a warning there, and here a reason not to believe the rest.
  if (/will not run|not applicable/iu.test(stdout)) throw new Error(stdout);
  const { operations, errors, complete } = readJson(report, stderr);
  const unfinished = complete ? [] : ["it did not come to its end"];
  const broken = errors.map(({ title, count }) => `${title} (${count})`);
  const objections = [...failures(readText(junit)), ...broken, ...unfinished];
  return { looked: operations.tested, of: operations.total, objections };
}

/** One line for each failure: what was expected, and the body of the answer. */
function failures(xml) {
  return [...xml.matchAll(/<failure[^>]*>([^<]*)<\/failure>/gu)].flatMap(([, message]) =>
    unescape(message)
      .split(/^\d+\. Test Case ID: /mu)
      .filter((text) => /^- /mu.test(text))
      .map((text) =>
        text
          .replace(/^\w+\s+- /u, "")
          .replaceAll(/\s+/gu, " ")
          .trim(),
      ),
  );
}

function unescape(text) {
  const names = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text
    .replaceAll(/&#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(lt|gt|quot|apos|amp);/gu, (_, name) => names[name]);
}
