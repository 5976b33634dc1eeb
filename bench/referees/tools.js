import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";

/** Referees are pinned: a new version may see more, and that is a change of its own. */
export const VERSIONS = {
  schemathesis: "4.32.5",
  bandit: "1.9.4",
  wapiti3: "3.2.3",
  sqlmap: "1.10.10",
  ruff: "0.17.6",
  "detect-secrets": "1.5.0",
  "pip-audit": "2.10.1",
  "@stoplight/spectral-cli": "6.16.3",
  "@stoplight/spectral-owasp-ruleset": "2.0.1",
};

/** Run a program to its end; one that takes longer than `minutes` is ended and is no result. */
export async function run(argv, { cwd, env = {}, minutes = 10, input } = {}) {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: "1", PYTHONWARNINGS: "ignore", ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (text) => (texts[name] += text));
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, minutes * 60_000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  if (late) throw new Error(`${program} took longer than ${minutes} minutes`);
  return { code, ...texts };
}

/** Run a Python program from its package, in an environment of its own. */
export function python(name, [program, ...args], options) {
  const from = ["--from", `${name}==${VERSIONS[name]}`];
  return run(["uvx", "--quiet", ...from, program, ...args], options);
}

/** Install npm packages apart from ours, and return the folder of their programs. */
export async function npmPrograms(scratch, names) {
  const folder = join(scratch, "npm");
  mkdirSync(folder, { recursive: true });
  const wanted = names.map((name) => `${name}@${VERSIONS[name]}`);
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const { code, stderr } = await run(["npm", "install", ...quiet, "--prefix", folder, ...wanted]);
  if (code !== 0) throw new Error(`npm install failed: ${stderr}`);
  return join(folder, "node_modules");
}
