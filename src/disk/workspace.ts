import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

import fs from "fs-extra";

import { errorCode } from "./files.js";

/** A copy of a project that may be changed, and a folder for data beside it. */
export interface Copy {
  readonly root: string;
  readonly data: string;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  readonly list: () => Promise<ReadonlyMap<string, number>>;
  /** Take it away with everything in it. */
  readonly close: () => Promise<void>;
}

/** What a copy is made without. */
export interface Leaving {
  /** Linked instead of copied. */
  readonly installed: readonly string[];
  /** Not copied, at any depth. */
  readonly waste: readonly string[];
}

/** At the top of a project: what belongs to the user's own run of it. Secrets are in the first. */
const PERSONAL = [".env", ".git", "var"];

/** Copy a project to a temporary folder, so that what is done to it is done to nobody's. */
export async function copyProject(project: string, leaving: Leaving): Promise<Copy> {
  const folder = await fs.mkdtemp(join(tmpdir(), "create-secure-api-verify-"));
  const root = join(folder, "project");
  const data = join(folder, "data");
  await fs.mkdir(data, { mode: 0o700 });
  const top = [...PERSONAL, ...leaving.installed];
  const isCopied = (path: string): boolean => {
    const isTop = dirname(path) === project;
    return !(isTop && top.includes(basename(path))) && !leaving.waste.includes(basename(path));
  };
  await fs.copy(project, root, { filter: isCopied });
  for (const name of leaving.installed) {
    await fs.symlink(await fs.realpath(join(project, name)), join(root, name), "junction");
  }
  return {
    root,
    data,
    read: (path) => fs.readFile(resolve(root, path), "utf8"),
    write: (path, text) => fs.outputFile(resolve(root, path), text),
    remove: (path) => fs.remove(resolve(root, path)),
    list: () => sizes(root, root),
    close: () => fs.rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function sizes(folder: string, root: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      for (const [name, size] of await sizes(path, root)) found.set(name, size);
    } else if (entry.isFile()) {
      const { size } = await fs.stat(path);
      found.set(relative(root, path).split(sep).join("/"), size);
    }
  }
  return found;
}

/** The project as it is, to be looked at. */
export interface Looking {
  readonly exists: (path: string) => Promise<boolean>;
  readonly read: (path: string) => Promise<string>;
  readonly mode: (path: string) => Promise<number | undefined>;
}

export function lookAt(project: string): Looking {
  return {
    exists: (path) => fs.pathExists(join(project, path)),
    read: (path) => fs.readFile(join(project, path), "utf8"),
    mode: async (path) => {
      if (process.platform === "win32") return undefined;
      try {
        return (await fs.stat(join(project, path))).mode & 0o777;
      } catch (error) {
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

/** The nearest folder, from one upwards, that holds a file. */
export async function folderWith(file: string, from: string): Promise<string | undefined> {
  if (await fs.pathExists(join(from, file))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : folderWith(file, parent);
}

export function isThere(path: string): Promise<boolean> {
  return fs.pathExists(path);
}
