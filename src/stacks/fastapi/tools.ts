import type { Problem } from "../../errors.js";
import type { FoundTool, FoundTools, Platform, Tool } from "../stack.js";
import type { FastapiAnswers } from "./options.js";

const OLDEST = [3, 11] as const;
const OLDEST_SHOWN = OLDEST.join(".");

/** Isolated from the folder and the environment it runs in; one start answers every question. */
const DESCRIBE = [
  "import importlib.util as u, json, platform, sys",
  "has = lambda name: str(u.find_spec(name) is not None).lower()",
  "print(json.dumps({'version': platform.python_version(), 'executable': sys.executable,",
  "'venv': has('venv'), 'ensurepip': has('ensurepip')}))",
].join("\n");

const python: Tool = {
  id: "python",
  title: `Python ${OLDEST_SHOWN} or newer`,
  candidates: (platform) =>
    platform === "windows"
      ? [["py", "-3"], ["python"], ["python3"]]
      : [["python3"], ["python3.14"], ["python3.13"], ["python3.12"], ["python3.11"], ["python"]],
  probe: ["-I", "-c", DESCRIBE],
  read: readPython,
  suits: ({ version }) => isRecent(version),
};

const uv: Tool = {
  id: "uv",
  title: "uv",
  candidates: () => [["uv"]],
  probe: ["--version"],
  read: (stdout) => {
    const version = /^uv (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { version, facts: {} };
  },
  suits: () => true,
};

export const tools: readonly Tool[] = [python, uv];

function readPython(stdout: string): Omit<FoundTool, "argv"> | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`"${name}": "((?:[^"\\\\]|\\\\.)*)"`).exec(stdout)?.[1];
  const version = field("version");
  const executable = field("executable");
  if (version === undefined || executable === undefined) return undefined;
  const facts = {
    executable: String(JSON.parse(`"${executable}"`)),
    venv: field("venv") ?? "false",
    ensurepip: field("ensurepip") ?? "false",
  };
  return { version, facts };
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Whether uv makes the environment, rather than Python's own venv. */
export function usesUv(answers: Pick<FastapiAnswers, "installer">, found: FoundTools): boolean {
  return answers.installer !== "pip" && found.uv !== undefined;
}

/** What keeps this machine from installing the project. */
export function problem(
  answers: FastapiAnswers,
  found: FoundTools,
  platform: Platform,
): Problem | undefined {
  if (answers.installer === "uv" && found.uv === undefined) return noUv;
  const interpreter = found.python;
  if (interpreter === undefined) return noPython(platform);
  if (!python.suits(interpreter)) return oldPython(interpreter, platform);
  const { venv, ensurepip } = interpreter.facts;
  const canMakeVenv = venv === "true" && ensurepip === "true";
  return usesUv(answers, found) || canMakeVenv ? undefined : noVenv(interpreter, platform);
}

const noUv: Problem = {
  code: "uv.missing",
  message: "uv is not on the PATH, or does not run: `uv --version` does not answer.",
  hint: "Install it from https://docs.astral.sh/uv, or leave out --installer uv.",
};

function installPython(platform: Platform): string {
  return platform === "windows"
    ? "Install it with: winget install Python.Python.3.13"
    : "Install it, as with: sudo apt install python3 python3-venv (Debian, Ubuntu), sudo dnf install python3 (Fedora) or brew install python (macOS).";
}

function noPython(platform: Platform): Problem {
  return {
    code: "python.missing",
    message: `Python ${OLDEST_SHOWN} or newer is not on the PATH.`,
    hint: `${installPython(platform)}\nTo write the files without it: --no-install`,
  };
}

function oldPython({ version, argv }: FoundTool, platform: Platform): Problem {
  return {
    code: "python.too-old",
    message: `"${argv.join(" ")}" is Python ${version}, and ${OLDEST_SHOWN} or newer is needed.`,
    hint: `${installPython(platform)}\nTo write the files without it: --no-install`,
  };
}

function noVenv({ version }: FoundTool, platform: Platform): Problem {
  const [major, minor] = version.split(".");
  return {
    code: "python.no-venv",
    message: `Python ${version} cannot make virtual environments: its venv or ensurepip module is missing.`,
    hint:
      platform === "windows"
        ? installPython(platform)
        : `Install the package python${major}.${minor}-venv (sudo apt install python${major}.${minor}-venv), or install uv, which does without it.`,
  };
}
