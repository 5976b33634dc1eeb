import type { Texts } from "../stack.js";
import { FEATURES } from "./features.js";
import { pruneLock, requiredNames } from "./lock.js";
import type { FastapiAnswers } from "./options.js";
import { sortImports } from "./python.js";

const LOCK = "requirements.txt";
const DEV_LOCK = "requirements-dev.txt";

/** Put imports in order, and take out of the locks what this project does not need. */
export function finish(files: Texts, answers: FastapiAnswers): Texts {
  const lock = productionLock(files.get(LOCK), answers.features);
  const sorted = [...files].map(([path, text]) => {
    if (path.endsWith(".py")) return [path, sortImports(text)] as const;
    if (path === LOCK) return [path, lock ?? text] as const;
    return [
      path,
      path === DEV_LOCK ? developmentLock(text, answers.features, lock) : text,
    ] as const;
  });
  return new Map(sorted);
}

function productionLock(text: string | undefined, names: readonly string[]): string | undefined {
  const dropped = FEATURES.filter(({ id }) => !names.includes(id));
  const lines = dropped.flatMap(({ requirements = [] }) => requirements);
  return text === undefined ? undefined : pruneLock(text, requiredNames(lines));
}

function developmentLock(
  text: string,
  names: readonly string[],
  constraints: string | undefined,
): string {
  const dropped = FEATURES.filter(({ id }) => !names.includes(id));
  const lines = dropped.flatMap(({ devRequirements = [] }) => devRequirements);
  return pruneLock(text, requiredNames(lines), constraints);
}
