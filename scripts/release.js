/**
 * A release, as a list that checks itself. Three parts, so that nobody publishes from a laptop:
 *
 *   npm run release -- 0.2.0               here: steps 1 to 7, ends with a commit and a tag that you push
 *   npm run release -- --tagged v0.2.0     in CI, before `npm publish --provenance`: steps 3 to 6 once more, on the tag
 *   npm run release -- --smoke v0.2.0      in CI, after it: a stranger's first minute with the published package
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { closeUnreleased, entryOf } from "./changelog.js";

const ROOT = new URL("../", import.meta.url);
const CHANGELOG = new URL("CHANGELOG.md", ROOT);
/** The registry may need minutes until every mirror has a new version. */
const ATTEMPTS = 20;
const WAIT_MS = 15_000;

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(1);
}

/**
 * @param {string | URL} cwd
 * @param {string} command
 * @param {string[]} args
 */
function succeeds(cwd, command, args) {
  return spawnSync(command, args, { cwd, stdio: "inherit" }).status === 0;
}

/**
 * npm by way of the npm that started us: on Windows `npm` is a script, and scripts need a shell.
 *
 * @param {string | URL} cwd
 * @param {string[]} args
 */
function npmSucceeds(cwd, args) {
  const program = process.env["npm_execpath"];
  if (program === undefined) return stop("Start this as: npm run release -- <version>");
  console.log(`> npm ${args.join(" ")}`);
  return succeeds(cwd, process.execPath, [program, ...args]);
}

/** @param {string[]} args */
function npm(...args) {
  if (!npmSucceeds(ROOT, args)) stop(`npm ${args.join(" ")} failed.`);
}

/** @param {string[]} args */
function git(...args) {
  if (!succeeds(ROOT, "git", args)) stop(`git ${args.join(" ")} failed.`);
}

/** @returns {Record<string, unknown>} */
function manifest() {
  return JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));
}

/** Steps 3 to 6: what must hold on a laptop and again on the tag. @param {string} version */
function verify(version) {
  if (manifest()["version"] !== version) stop(`package.json is not at ${version}.`);
  if (manifest()["repository"] === undefined)
    stop("package.json names no repository; provenance has nothing to point at.");
  if (entryOf(readFileSync(CHANGELOG, "utf8"), version) === "")
    stop(`CHANGELOG.md has no dated entry for ${version}.`);
  npm("run", "check");
  npm("test");
  npm("run", "test:long");
  npm("run", "golden");
  npm("run", "docs");
}

/** @param {string} version */
function prepare(version) {
  // 1. From a clean main, to a version that is one.
  if (!/^\d+\.\d+\.\d+$/u.test(version)) stop(`"${version}" is not a version such as 0.2.0.`);
  if (!succeeds(ROOT, "git", ["diff", "--quiet", "HEAD"]))
    stop("Commit or put away your changes first.");
  // 2. The version and the date, then everything that shows them: golden projects record the generator.
  npm("version", version, "--no-git-tag-version", "--allow-same-version");
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(CHANGELOG, closeUnreleased(readFileSync(CHANGELOG, "utf8"), { version, date }));
  npm("run", "golden");
  // 3. Version and changelog agree.  4. Checks.  5. All tests.  6. Golden projects and documents are fresh.
  verify(version);
  // 7. One commit, one tag. Pushing it is what publishes, and is yours to do.
  git("commit", "--all", "--message", `Release ${version}`);
  git("tag", "--annotate", `v${version}`, "--message", `Release ${version}`);
  console.log(
    `\nRead it once more: git show v${version}\nThen publish it:   git push --follow-tags`,
  );
}

/** @param {string} version */
async function smoke(version) {
  const release = `create-secure-api@${version}`;
  for (let attempt = 1; !npmSucceeds(ROOT, ["view", release, "version"]); attempt += 1) {
    if (attempt === ATTEMPTS) stop(`The registry does not know ${release}.`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  const folder = mkdtempSync(path.join(tmpdir(), "a release "));
  const create = ["exec", "--yes", "--", release, "my-api", "--yes", "--json"];
  if (!npmSucceeds(folder, create)) stop(`${release} does not make a project.`);
}

const [mode = "", tag = ""] = process.argv.slice(2);
if (mode === "--tagged") {
  verify(tag.replace(/^v/u, ""));
  if (!succeeds(ROOT, "git", ["diff", "--exit-code"]))
    stop("Golden projects or documents are stale.");
} else if (mode === "--smoke") await smoke(tag.replace(/^v/u, ""));
else prepare(mode);
