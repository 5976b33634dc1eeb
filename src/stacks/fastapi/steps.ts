import { shellLine } from "../shell.js";
import type { Admin, Command, Listen, Server, Site } from "../stack.js";
import { ownSettings } from "./environment.js";
import type { FastapiAnswers } from "./options.js";
import { usesUv } from "./tools.js";

/** The first administrator signs in by this or by the e-mail address. */
const USERNAME = "admin";
const REQUIREMENTS = ["-r", "requirements.txt", "-r", "requirements-dev.txt"] as const;
const UV_REQUIREMENTS = "requirements-installer.txt";

interface Work {
  readonly title: string;
  readonly timeoutSeconds: number;
  readonly input?: string;
}

/** A program of the virtual environment, from the project's root. */
export function inVenv(name: string, { platform }: Site): string {
  return platform === "windows" ? `.venv\\Scripts\\${name}.exe` : `.venv/bin/${name}`;
}

/** A path of the project, from anywhere. */
export function absolute(relative: string, { root, platform }: Site): string {
  return platform === "windows" ? `${root}\\${relative}` : `${root}/${relative}`;
}

/** A command whose program, where it is the project's own, is found whatever the current folder. */
function command(argv: readonly [string, ...string[]], site: Site, work: Work): Command {
  const [program, ...args] = argv;
  const path = program.startsWith(".venv") ? absolute(program, site) : program;
  const shown = shellLine(argv, site.platform);
  return { ...work, argv: [path, ...args], env: ownSettings, shown };
}

/** Make `.venv` and install both requirement files into it, hashes checked. */
export function install(
  answers: Pick<FastapiAnswers, "installer">,
  site: Site,
): readonly Command[] {
  const venvPython = inVenv("python", site);
  const executable = site.tools.python?.facts.executable ?? "python3";
  const make = { title: "Make the virtual environment", timeoutSeconds: 120 };
  const fill = { title: "Install the dependencies", timeoutSeconds: 1200 };
  const uvArguments = [
    "pip",
    "install",
    "--python",
    venvPython,
    "--require-hashes",
    ...REQUIREMENTS,
  ];
  if (usesUv(answers, site.tools)) {
    return [
      command(["uv", "venv", "--allow-existing", "--python", executable, ".venv"], site, make),
      command(["uv", ...uvArguments], site, fill),
    ];
  }
  const pip = [venvPython, "-m", "pip", "--disable-pip-version-check", "install"] as const;
  const venv = command([executable, "-m", "venv", ".venv"], site, make);
  if (answers.installer === "pip") {
    return [venv, command([...pip, "--require-hashes", ...REQUIREMENTS], site, fill)];
  }
  const download = { title: "Fetch uv, which installs the rest", timeoutSeconds: 300 };
  return [
    venv,
    command([...pip, "--require-hashes", "-r", UV_REQUIREMENTS], site, download),
    command([inVenv("uv", site), ...uvArguments], site, fill),
  ];
}

/** Bring the development database to the newest migration. */
export function migrate(site: Site): readonly Command[] {
  return [alembic(["upgrade", "head"], site, "Run the first migration")];
}

/** Something about migrations, asked of the project's own Alembic. */
export function alembic(args: readonly string[], site: Site, title: string): Command {
  const argv = [inVenv("python", site), "-m", "alembic", ...args] as const;
  return command(argv, site, { title, timeoutSeconds: 120 });
}

/** The password goes in by stdin: arguments are visible to every process of the machine. */
export function createAdmin(admin: Admin, site: Site): readonly Command[] {
  const python = inVenv("python", site);
  const who = ["--email", admin.email, "--username", USERNAME] as const;
  const argv = [python, "-m", "app.cli", "create-admin", ...who] as const;
  const work = { title: "Create the administrator", timeoutSeconds: 120 };
  return [command(argv, site, { ...work, input: `${admin.password}\n` })];
}

/** The development server, which only this machine can reach. */
export function server(site: Site, { port, reload }: Listen): Server {
  const flags = ["--no-proxy-headers", "--no-server-header", ...(reload ? ["--reload"] : [])];
  const uvicorn = ["-m", "uvicorn", "app.main:app", ...flags];
  const python = inVenv("python", site);
  return {
    argv: [absolute(python, site), ...uvicorn, "--host", "127.0.0.1", "--port", String(port)],
    env: ownSettings,
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health/ready",
    signInPath: "/api/v1/auth/login",
    docsPath: "/docs",
    startSeconds: 30,
    shown: shellLine([inVenv("uvicorn", site), "app.main:app", ...flags], site.platform),
  };
}

/** What a newcomer does after the first start. */
export function nextSteps(site: Site): readonly string[] {
  return [shellLine([inVenv("python", site), "-m", "pytest"], site.platform)];
}
