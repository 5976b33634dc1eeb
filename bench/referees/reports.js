import { readFileSync } from "node:fs";

export function readText(file) {
  return readFileSync(file, "utf8");
}

/** Read a referee's report; without one it did not look, and `said` is why. */
export function readJson(file, said = "") {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    throw new Error(`no report: ${error.message}\n${said}`, { cause: error });
  }
}
