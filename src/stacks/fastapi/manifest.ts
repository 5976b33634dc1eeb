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
  "tests/test_two_factor_mails.py": ({ features }) => features.includes("email"),
  // With mail, a new address counts once it is confirmed; that has tests of its own.
  "tests/test_users_address.py": ({ features }) => !features.includes("email"),
};

const SECRET = ".env";
const always: Condition = () => true;

/** Whose file a template is: everybody's, or an optional part's. Partials are neither. */
const SOURCE = /^(?:project|features\/([^/]+))\/(.+)$/u;

/** npm drops or renames some dotfiles, so templates spell the first dot as `_`. */
function destination(path: string): string {
  return path.replace(/\.hbs$/, "").replace(/^_(?!_)/, ".");
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
  const sources = templates.flatMap((from) => {
    const [, feature, path] = SOURCE.exec(from) ?? [];
    return path === undefined ? [] : [{ from, feature, to: destination(path) }];
  });
  const replacing = new Map<string, readonly string[]>();
  for (const { feature, to } of sources)
    if (feature !== undefined) replacing.set(to, [...(replacing.get(to) ?? []), feature]);
  return sources.map(({ from, feature, to }) => {
    const others = replacing.get(to) ?? [];
    const isWanted = condition(to);
    const when: Condition = (answers) =>
      isWanted(answers) && isChosen(answers.features, feature, others);
    return { from, to, when, mode: mode(to), secret: to === SECRET };
  });
}

/** An optional part's file goes with the part, and the core's where no part has one in its place. */
function isChosen(
  features: readonly string[],
  feature: string | undefined,
  variants: readonly string[],
): boolean {
  if (feature !== undefined) return features.includes(feature);
  return !variants.some((variant) => features.includes(variant));
}
