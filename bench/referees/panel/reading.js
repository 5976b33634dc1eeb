import { join } from "node:path";

import { python, run } from "../tools.js";

/** The source, by rules for insecure Python. */
export const bandit = {
  name: "bandit",
  packages: ["bandit"],
  asks: "Does the source use what is known to be insecure?",
  canaryHas: /B602/u,
  async run(target) {
    const { stdout } = await python("bandit", ["bandit", "-r", target.source, "-f", "json", "-q"], {
      cwd: target.folder,
    });
    const { results, metrics } = JSON.parse(stdout);
    const looked = Object.keys(metrics).length - 1;
    return { looked, of: 1, objections: results.map(describe) };
  },
};

function describe({ test_id: id, filename, line_number: line, issue_text: text }) {
  return `${id} ${filename}:${line} ${text}`;
}

/** The same question to another implementation. */
export const ruff = {
  name: "ruff S",
  packages: ["ruff"],
  asks: "Does another linter's security family agree?",
  canaryHas: /S602/u,
  async run(target) {
    const rules = ["check", "--isolated", "--select", "S", "--output-format", "json"];
    const { stdout } = await python("ruff", ["ruff", ...rules, target.source], {
      cwd: target.folder,
    });
    const objections = JSON.parse(stdout).map(
      ({ code, filename, location, message }) => `${code} ${filename}:${location.row} ${message}`,
    );
    const { stdout: files } = await python(
      "ruff",
      ["ruff", "check", "--show-files", target.source],
      {
        cwd: target.folder,
      },
    );
    return { looked: files.trim().split("\n").length, of: 1, objections };
  },
};

/** What git would take: the tracked files, not `.env`. */
export const detectSecrets = {
  name: "detect-secrets",
  packages: ["detect-secrets"],
  asks: "Is there a secret in a file that goes into a repository?",
  canaryHas: /keys\.py/u,
  async run(target) {
    const cwd = target.folder;
    await run(["git", "init", "--quiet"], { cwd });
    await run(["git", "add", "--all"], { cwd });
    const { stdout } = await python("detect-secrets", ["detect-secrets", "scan"], { cwd });
    const { results } = JSON.parse(stdout);
    const { stdout: tracked } = await run(["git", "ls-files"], { cwd });
    const objections = Object.values(results)
      .flat()
      .map(({ type, filename, line_number: line }) => `${type} ${filename}:${line}`);
    return { looked: tracked.trim().split("\n").length, of: 1, objections };
  },
};

/** Needs a feed of advisories. Without one it is not run, which is said, and is not a pass. */
export const pipAudit = {
  name: "pip-audit",
  packages: ["pip-audit"],
  asks: "Has a dependency a known vulnerability?",
  async run(target) {
    const file = join(target.folder, "requirements.txt");
    const words = ["--requirement", file, "--require-hashes", "--disable-pip", "--strict"];
    const format = ["--format", "json", "--progress-spinner", "off"];
    const { code, stdout, stderr } = await python("pip-audit", ["pip-audit", ...words, ...format]);
    if (code !== 0 && !stdout.startsWith("{")) {
      return { notRun: stderr.trim().split("\n").at(-1) };
    }
    const { dependencies } = JSON.parse(stdout);
    const objections = dependencies.flatMap(({ name, version, vulns }) =>
      vulns.map(({ id }) => `${name} ${version}: ${id}`),
    );
    return { looked: dependencies.length, of: 1, objections };
  },
};
