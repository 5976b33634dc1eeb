import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { every } from "../support/observe.js";

const ENV = ".env";
/** Larger files hold data, not settings. */
const READABLE = 1_000_000;
/** What a secret in a settings file looks like, by its name. */
const SECRET = /^[A-Z_]*(SECRET|KEY|PASSWORD)[A-Z_]*=(.{12,})$/gm;

/** Where careless servers keep what is not for everybody. */
const NOT_SERVED = [
  "/.env",
  "/.git/config",
  "/.secure-api.json",
  "/metrics",
  "/debug",
  "/server-status",
  "/static/../.env",
  "/static/%2e%2e/.env",
  "/docs/../.env",
  "/docs/%2e%2e%2f.env",
  "/app/main.py",
  "/var/app.db",
  "/actuator/env",
  "/wp-login.php",
];

/** Values of a settings file that nobody else may have. */
function secretsIn(text: string): readonly string[] {
  return [...text.matchAll(SECRET)].map(([, , value = ""]) => value.replace(/^[\w-]+:/, ""));
}

/** Files of the project that hold one of the texts. */
async function holding(t: Trial, texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const { workspace } = t.lab;
  for (const [path, size] of await workspace.list()) {
    if (size > READABLE) continue;
    const content = await workspace.read(path);
    if (texts.some((text) => content.includes(text))) found.push(path);
  }
  return found;
}

async function isIgnored(t: Trial): Promise<void> {
  const { original } = t.lab;
  const { exitCode } = await original.git("rev-parse", "--git-dir");
  if (exitCode === 0) {
    const ignored = await original.git("check-ignore", ENV);
    t.equal("the repository ignores the settings file", ignored.exitCode, 0);
    const known = await original.git("log", "--all", "--format=%h", "--", ENV);
    t.equal("and never had it", known.stdout.trim(), "");
    return;
  }
  const lines = (await original.read(".gitignore")).split("\n");
  t.equal("a repository would ignore the settings file", lines.includes(ENV), true);
}

/** Whether a list of what stays out of an image keeps a file out: the last pattern that names it decides. */
function isKeptOut(ignoring: string, path: string): boolean {
  const [top = ""] = path.split("/");
  let isOut = false;
  for (const line of ignoring.split("\n").map((text) => text.trim())) {
    const pattern = line.replace(/^!/, "").replace(/\/$/, "");
    if (line.startsWith("#") || !["*", "**", path, top].includes(pattern)) continue;
    isOut = !line.startsWith("!");
  }
  return isOut;
}

async function imageIsBare(t: Trial): Promise<void> {
  const { original } = t.lab;
  const ignoring = await original.read(".dockerignore");
  const strangers = [ENV, ".git", "tests", "var", ".venv", ".secure-api.json"];
  const taken = strangers.filter((path) => !isKeptOut(ignoring, path));
  t.equal("no secret, test or history gets into the image", taken, []);
}

/** Files of a project, and what is served of them. */
export const fileChecks: readonly Check[] = [
  {
    id: "CONF-04",
    needs: "inspector",
    profiles: ["development"],
    fix: "Keep secrets in .env alone, readable by its owner alone, and out of the repository and the image.",
    run: async (t) => {
      const { original } = t.lab;
      if (!(await original.exists(ENV))) t.skip("the project has no .env");
      const mode = await original.mode(ENV);
      if (mode !== undefined) t.equal("its owner alone reads it", mode & 0o077, 0);
      const secrets = secretsIn(await original.read(ENV));
      t.equal("it has secrets", secrets.length > 0, true);
      t.equal("no other file of the project has one", await holding(t, secrets), []);
      await isIgnored(t);
      if (await original.exists(".dockerignore")) await imageIsBare(t);
      const example = await original.read(".env.example");
      t.equal("the example holds names and no secret", secretsIn(example), []);
    },
  },
  {
    id: "CONF-08",
    needs: "inspector",
    profiles: ["development"],
    fix: "End the Dockerfile with a USER that is a number, copy what is needed by name, and run it read-only.",
    run: async (t) => {
      const { original } = t.lab;
      if (!(await original.exists("Dockerfile"))) t.skip("the project has no image");
      const lines = (await original.read("Dockerfile")).split("\n").map((line) => line.trim());
      const user = lines.findLast((line) => line.startsWith("USER ")) ?? "none";
      t.holds("it runs as a user of no rights", /^USER [1-9]\d*(:[1-9]\d*)?$/.test(user), {
        ...{ request: "Dockerfile", expected: "USER, and the number of an account" },
        observed: user,
      });
      const late = lines
        .slice(lines.lastIndexOf(user) + 1)
        .filter((line) => /^(RUN|COPY|ADD) /.test(line));
      t.equal("nothing is changed after that", late, []);
      const whole = lines.filter((line) => /^(COPY|ADD) (--\S+ )*\.\/? /.test(line));
      t.equal("no folder is copied whole", whole, []);
      await imageIsBare(t);
      if (!(await original.exists("compose.yaml"))) return;
      const compose = await original.read("compose.yaml");
      const wanted = ["read_only: true", "no-new-privileges", "cap_drop: [ALL]"];
      t.equal(
        "it is run read-only and without rights",
        wanted.filter((text) => !compose.includes(text)),
        [],
      );
    },
  },
  {
    id: "CONF-09",
    needs: "http",
    fix: "Serve routes, and from the disk nothing but the files of the documentation page.",
    run: async (t) => {
      const paths = t.profile === "production" ? ["/docs", "/openapi.json", "/redoc"] : [];
      const answers: Answer[] = [];
      for (const path of [...NOT_SERVED, ...paths]) answers.push(await t.http.send(path));
      const isRight = ({ status }: Answer): boolean => [400, 401, 404].includes(status);
      const claim = "there is nothing at such a path";
      every(t, { claim, expected: "404, or 400" }, { answers, isRight });
    },
  },
];
