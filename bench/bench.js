/**
 * How long a person waits: `npm run bench`, or `npm run bench -- help files resource hundred uv python` for some of it.
 * Each number is a median; the bounds are what the project promises, and a broken promise is exit 1.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../bin/create-secure-api.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "create-secure-api-bench-"));
let projects = 0;

/** Seconds that a command takes; a failing one is no measurement. */
function time(args, env = process.env, cwd = scratch) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return { seconds, stdout };
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs in turn, so that a slow moment of the machine is not one side's alone. */
function alternate(runs, ...measurements) {
  const times = measurements.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    measurements.forEach((measure, index) => times[index].push(measure()));
  }
  return times.map(median);
}

function create(flags, env) {
  projects += 1;
  return time([PROGRAM, `bench-${projects}`, "--yes", "--json", ...flags], env);
}

/** Adds one resource after another to a project of its own; returns the seconds of each. */
function generator() {
  create(["--no-install", "--no-git"]);
  const project = join(scratch, `bench-${projects}`);
  const fields = ["number:string(20):unique", "total:decimal(10,2)=0", "due:date?", "note:text?"];
  let resources = 0;
  return () => {
    resources += 1;
    const words = ["generate", "resource", `Thing${resources}`, ...fields, "--no-migrate"];
    return time([PROGRAM, ...words], process.env, project).seconds;
  };
}

/** A PATH without uv, as on a machine that has Python only. */
function withoutUv() {
  const bin = join(scratch, "bin");
  mkdirSync(bin);
  const folders = (process.env.PATH ?? "").split(delimiter);
  const python = folders.map((folder) => join(folder, "python3")).find(isRunnable);
  const real = execFileSync(python, ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
  }).trim();
  symlinkSync(real, join(bin, "python3"));
  return { ...process.env, PATH: [bin, "/usr/bin", "/bin"].join(delimiter) };
}

function isRunnable(path) {
  return spawnSync(path, ["--version"]).status === 0;
}

function report(what, seconds, bound) {
  const isKept = seconds <= bound;
  const numbers = `${seconds.toFixed(3)} s, promised ${bound.toFixed(3)} s`;
  console.log(`${isKept ? "kept  " : "BROKEN"}  ${what}: ${numbers}`);
  if (!isKept) process.exitCode = 1;
}

function reportSteps({ stdout }) {
  for (const { name, seconds } of JSON.parse(stdout).steps) {
    console.log(`          ${name.padEnd(8)} ${seconds.toFixed(3)} s`);
  }
}

const BENCHES = {
  help() {
    const [bare, help] = alternate(
      15,
      () => time(["-e", "0"]).seconds,
      () => time([PROGRAM, "--help"]).seconds,
    );
    report("--help, beyond `node -e 0`", help - bare, 0.04);
  },
  files() {
    const [seconds] = alternate(9, () => create(["--no-install", "--no-git"]).seconds);
    report("create --yes --no-install", seconds, 0.4);
  },
  resource() {
    const [seconds] = alternate(9, generator());
    report("generate resource, its migration not run", seconds, 0.3);
  },
  hundred() {
    const times = Array.from({ length: 100 }, generator());
    const [first, last] = [median(times.slice(0, 9)), median(times.slice(-9))];
    console.log(`        the first of 100 resources: ${first.toFixed(3)} s`);
    report("the last of 100 resources, less than half as long again", last, 1.5 * first);
  },
  uv() {
    create([]);
    const runs = Array.from({ length: 3 }, () => create([]));
    report("create to ready, uv with a warm cache", median(runs.map((run) => run.seconds)), 8);
    reportSteps(runs[1]);
  },
  python() {
    const run = create([], withoutUv());
    report("create to ready, Python only", run.seconds, 18);
    reportSteps(run);
  },
};

const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
console.log(`Node ${process.version}, ${cpus().length} cores, ${process.platform}`);
try {
  for (const name of names) BENCHES[name]();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
