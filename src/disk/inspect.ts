import { join } from "node:path";

import { refused } from "../errors.js";
import type { Edit } from "../plan/edits.js";
import { disk, type FileSystem } from "./files.js";
import { readTexts } from "./project.js";

const USUAL_MODE = 0o644;
const WRITABLE = 0o222;

/** Look whether edits can be made, without making any. */
export async function inspectEdits(
  root: string,
  edits: readonly Edit[],
  fs: FileSystem = disk,
): Promise<void> {
  const changes = changing(edits);
  await refuseStale(root, changes, fs);
  refuseLossy(changes);
  await refuseReadOnly(root, changes, fs);
}

/** Those of the edits that change something. */
export function changing(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter(({ before, after }) => before !== after);
}

/** Somebody may have written in the meantime: an editor, or another run of this program. */
async function refuseStale(root: string, changes: readonly Edit[], fs: FileSystem): Promise<void> {
  const texts = await readTexts(
    root,
    changes.map(({ path }) => path),
    fs,
  );
  const stale = changes.find(({ path, before }) => texts.get(path) !== before);
  if (stale === undefined) return;
  throw refused({
    code: "file.changed",
    message: `"${stale.path}" was changed by something else in the meantime.`,
    hint: "Run the same command again. Nothing was written.",
  });
}

/** What a decoder puts in place of bytes that are no text. */
const LOST = "\uFFFD";

/** What could not be decoded could not be written back as it was. */
function refuseLossy(changes: readonly Edit[]): void {
  const lossy = changes.find(({ before, after }) => before?.includes(LOST) && after !== undefined);
  if (lossy === undefined) return;
  throw refused({
    code: "file.encoding",
    message: `"${lossy.path}" is to be completed, and is not UTF-8 throughout.`,
    hint: "Nothing was written. Save it as UTF-8, and run the same command again.",
  });
}

/** A rename would get past it, and whoever protected a file meant it. */
async function refuseReadOnly(
  root: string,
  changes: readonly Edit[],
  fs: FileSystem,
): Promise<void> {
  for (const { path, before } of changes) {
    if (before === undefined || ((await modeOf(join(root, path), fs)) & WRITABLE) !== 0) continue;
    throw refused({
      code: "file.read-only",
      message: `"${path}" is to be changed, and is read-only.`,
      hint: `Nothing was written. Allow it, and run the same command again: chmod u+w ${path}`,
    });
  }
}

/** A file that is there keeps its permissions. */
export async function modeOf(path: string, fs: FileSystem): Promise<number> {
  return fs.lstat(path).then(
    ({ mode = USUAL_MODE }) => mode & 0o777,
    () => USUAL_MODE,
  );
}
