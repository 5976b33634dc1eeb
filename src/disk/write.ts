import { dirname, join } from "node:path";

import { cancelled } from "../errors.js";
import type { PlannedFile, Tree } from "../plan/plan.js";
import { disk, type FileSystem } from "./files.js";
import { explainTarget, type Target } from "./target.js";

const STAGING_PREFIX = ".create-secure-api-";

export interface WriteOptions {
  /** Heeded until the files take their places; from then on the write is completed. */
  readonly signal: AbortSignal;
  readonly fs?: FileSystem;
}

/** Put a whole project in its place, or nothing at all. */
export async function writeProject(
  target: Target,
  tree: Tree,
  { signal, fs = disk }: WriteOptions,
): Promise<void> {
  const parent = target.isNew ? dirname(target.root) : target.root;
  const undo = new Undo();
  try {
    await makeFolders(parent, fs, undo);
    // Beside or inside the target, so that the renames below stay on one file system.
    const staging = await fs.mkdtemp(join(parent, STAGING_PREFIX));
    undo.add(() => fs.rm(staging, { recursive: true, force: true }));
    const staged = join(staging, "project");
    await writeTree(staged, tree, fs);
    if (signal.aborted) throw cancelled("Nothing was written.");
    if (target.isNew) await fs.rename(staged, target.root);
    else await moveInto(staged, target.root, { fs, undo });
    await fs.rm(staging, { recursive: true, force: true });
  } catch (error) {
    await undo.run();
    throw explainTarget(target.root, error);
  }
}

/** What has to be taken back, last first. */
export class Undo {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** A step that fails must not keep the earlier ones from running. Answers whether none did. */
  async run(): Promise<boolean> {
    let isDone = true;
    for (const step of this.#steps.toReversed()) {
      await step().catch(() => {
        isDone = false;
      });
    }
    return isDone;
  }
}

/** Make the missing parents one by one: each that was made can be taken back. */
export async function makeFolders(path: string, fs: FileSystem, undo: Undo): Promise<void> {
  const isThere = await fs.stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await makeFolders(dirname(path), fs, undo);
  await fs.mkdir(path, { recursive: false });
  undo.add(() => fs.rmdir(path));
}

async function writeTree(root: string, tree: Tree, fs: FileSystem): Promise<void> {
  const folders = new Set([...tree.keys()].map((path) => dirname(join(root, path))));
  for (const folder of [root, ...folders]) await fs.mkdir(folder, { recursive: true });
  const writes = [...tree].map(([path, file]) => writeOne(join(root, path), file, fs));
  // Every write has ended before the first failure is told: the undoing must not race them.
  const results = await Promise.allSettled(writes);
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

function writeOne(path: string, { text, mode }: PlannedFile, fs: FileSystem): Promise<void> {
  return fs.writeFile(path, text, { flag: "wx", mode });
}

/** Fill a folder that is there already; it stays the same folder for whoever stands in it. */
async function moveInto(
  staged: string,
  root: string,
  { fs, undo }: { readonly fs: FileSystem; readonly undo: Undo },
): Promise<void> {
  for (const name of await fs.readdir(staged)) {
    const [from, to] = [join(staged, name), join(root, name)];
    await refuseExisting(to, fs);
    await fs.rename(from, to);
    undo.add(() => fs.rename(to, from));
  }
}

async function refuseExisting(path: string, fs: FileSystem): Promise<void> {
  const isThere = await fs.lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw Object.assign(new Error(`${path} exists`), { code: "EEXIST" });
}
