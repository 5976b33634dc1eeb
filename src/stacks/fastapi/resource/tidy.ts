import { pruneImports } from "./imports.js";
import { wrapLines } from "./wrap.js";

/** A rendered file as if somebody had written it for this resource alone. */
export function tidy(text: string): string {
  const bare = text.replaceAll(/ +$/gmu, "");
  const pruned = pruneImports(bare).replaceAll(/\n{4,}/gu, "\n\n\n");
  return wrapLines(pruned).replace(/\n+$/u, "\n");
}
