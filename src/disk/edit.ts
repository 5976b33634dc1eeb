import { basename, dirname, join } from "node:path";

import { cancelled, refused } from "../errors.js";
import type { Edit } from "../plan/edits.js";
import { disk, errorCode, type FileSystem } from "./files.js";
import { explainEdit } from "./obstacles.js";
import { changing, inspectEdits, modeOf } from "./inspect.js";
import { refuseLinks } from "./project.js";
import { makeFolders, Undo, type WriteOptions } from "./write.js";

const STAGING_PREFIX = ".create-secure-api-";

export interface EditOptions extends WriteOptions {
  /** Folders that programs fill by themselves: where nothing else is left, they go too. */
  readonly waste?: readonly string[];
}

/** All edits of a project, or none: whatever was done is undone when a later one fails. */
export async function commitEdits(
  root: string,
  edits: readonly Edit[],
  { signal, fs = disk, waste = [] }: EditOptions,
): Promise<void> {
  const changes = changing(edits);
  await inspectEdits(root, edits, fs);
  const undo = new Undo();
  let [staging, path] = ["", root];
  try {
    staging = await fs.mkdtemp(join(root, STAGING_PREFIX));
    const place = { root, staging, fs, undo };
    for (const [index, edit] of changes.entries()) {
      path = edit.path;
      await stage(edit, { ...place, index });
    }
    if (signal.aborted) throw cancelled("Nothing was written.");
    for (const [index, edit] of changes.entries()) {
      path = edit.path;
      await apply(edit, { ...place, index });
    }
  } catch (error) {
    const isUndone = await undo.run();
    if (isUndone) await clean(staging, fs);
    throw explainEdit(error, { path, left: isUndone ? undefined : basename(staging) });
  }
  await clean(staging, fs);
  await removeEmptied(root, changes, { fs, waste });
}

/** What is left of the work is no reason to fail. */
async function clean(staging: string, fs: FileSystem): Promise<void> {
  if (staging === "") return;
  await fs.rm(staging, { recursive: true, force: true }).catch(() => undefined);
}

interface Place {
  readonly root: string;
  readonly staging: string;
  readonly index: number;
  readonly fs: FileSystem;
  readonly undo: Undo;
}

async function stage({ path, after }: Edit, { root, staging, index, fs }: Place): Promise<void> {
  if (after === undefined) return;
  const mode = await modeOf(join(root, path), fs);
  await fs.writeFile(join(staging, `new-${index}`), after, { flag: "wx", mode });
}

/** Renames only: each is done or not done, and is undone by its opposite. */
async function apply(
  { path, before, after }: Edit,
  { root, staging, index, fs, undo }: Place,
): Promise<void> {
  const target = join(root, path);
  if (before !== undefined) {
    const kept = join(staging, `old-${index}`);
    await move(target, kept, fs);
    undo.add(() => move(kept, target, fs));
  }
  if (after === undefined) return;
  await makeFolders(dirname(target), fs, undo);
  if (await refuseLinks(root, path, fs)) throw occupied(path);
  const made = join(staging, `new-${index}`);
  await move(made, target, fs);
  undo.add(() => move(target, made, fs));
}

/** A folder of the project may be another file system, where a rename from here cannot lead. */
async function move(from: string, to: string, fs: FileSystem): Promise<void> {
  try {
    await fs.rename(from, to);
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    await copy(from, to, fs);
  }
}

/** Beside its place first: a file that is half there is never seen under its name. */
async function copy(from: string, to: string, fs: FileSystem): Promise<void> {
  const mode = await modeOf(from, fs);
  const beside = await fs.mkdtemp(join(dirname(to), STAGING_PREFIX));
  try {
    const copied = join(beside, "copy");
    await fs.writeFile(copied, await fs.readFile(from, "utf8"), { flag: "wx", mode });
    await fs.rename(copied, to);
  } finally {
    await fs.rm(beside, { recursive: true, force: true });
  }
  try {
    await fs.rm(from, { recursive: true, force: true });
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

function occupied(path: string): Error {
  return refused({
    code: "file.changed",
    message: `"${path}" was made by something else in the meantime.`,
    hint: "Run the same command again. Nothing was written.",
  });
}

/** Folders whose last file went. By now everything is done: what cannot go may stay. */
async function removeEmptied(
  root: string,
  changes: readonly Edit[],
  { fs, waste }: { readonly fs: FileSystem; readonly waste: readonly string[] },
): Promise<void> {
  const removed = changes.filter(({ after }) => after === undefined);
  const folders = new Set(removed.map(({ path }) => path.split("/").slice(0, -1).join("/")));
  for (const folder of folders) {
    const place = join(root, folder);
    const names = await fs.readdir(place).catch(() => [""]);
    if (folder === "" || !names.every((name) => waste.includes(name))) continue;
    await fs.rm(place, { recursive: true, force: true }).catch(() => undefined);
  }
}
