import type { ManifestRow, Mode } from "../stack.js";
import type { FastapiAnswers } from "./options.js";

type Condition = (answers: FastapiAnswers) => boolean;

/** Files, or folders with a closing slash, that not every project has. */
const CONDITIONS: Readonly<Record<string, Condition>> = {
  Dockerfile: ({ docker }) => docker,
  ".dockerignore": ({ docker }) => docker,
  "compose.yaml": ({ docker }) => docker,
  "tests/test_image.py": ({ docker }) => docker,
  ".github/": ({ ci }) => ci === "github",
  "tests/test_workflows.py": ({ ci }) => ci === "github",
};

const SECRET = ".env";
const always: Condition = () => true;

/** npm drops or renames some dotfiles, so templates spell the first dot as `_`. */
function destination(from: string): string {
  return from.replace(/\.hbs$/, "").replace(/^_(?!_)/, ".");
}

function condition(path: string): Condition {
  const matches = ([key]: [string, Condition]): boolean =>
    key.endsWith("/") ? path.startsWith(key) : path === key;
  return Object.entries(CONDITIONS).find(matches)?.[1] ?? always;
}

function mode(path: string): Mode {
  if (path === SECRET) return 0o600;
  return /^scripts\/[^.]+$/.test(path) ? 0o755 : 0o644;
}

/** Every file of a project, where it goes and when. */
export function manifest(templates: readonly string[]): readonly ManifestRow<FastapiAnswers>[] {
  return templates.map((from) => {
    const to = destination(from);
    return { from, to, when: condition(to), mode: mode(to), secret: to === SECRET };
  });
}
