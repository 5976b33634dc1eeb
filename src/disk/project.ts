import { dirname, join } from "node:path";

import { type Problem, refused } from "../errors.js";
import { disk, errorCode, type FileSystem } from "./files.js";

/** The nearest folder, from here upwards, that holds a file of this name. */
export async function findRoot(
  cwd: string,
  name: string,
  fs: FileSystem = disk,
): Promise<string | undefined> {
  const isHere = await fs.lstat(join(cwd, name)).then(
    () => true,
    () => false,
  );
  if (isHere) return cwd;
  const parent = dirname(cwd);
  return parent === cwd ? undefined : findRoot(parent, name, fs);
}

/** Those of the files that are there: path below the root -> text. Nothing is read through a link. */
export async function readTexts(
  root: string,
  paths: readonly string[],
  fs: FileSystem = disk,
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(paths.map((path) => readOwn(root, path, fs)));
  return new Map(
    paths.flatMap((path, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

async function readOwn(root: string, path: string, fs: FileSystem): Promise<string | undefined> {
  const isThere = await refuseLinks(root, path, fs);
  if (!isThere) return undefined;
  try {
    return await fs.readFile(join(root, path), "utf8");
  } catch (error) {
    throw refused(unreadable(path, errorCode(error)), { cause: error });
  }
}

/** Texts of those of a folder's own files whose names are taken. */
export async function readFolder(
  root: string,
  { folder, takes }: { readonly folder: string; readonly takes: (name: string) => boolean },
  fs: FileSystem = disk,
): Promise<ReadonlyMap<string, string>> {
  if (!(await refuseLinks(root, folder, fs))) return new Map();
  const names = (await fs.readdir(join(root, folder))).filter(takes);
  return readTexts(
    root,
    names.toSorted().map((name) => `${folder}/${name}`),
    fs,
  );
}

/**
 * Whether a path of a project is there. A link on the way could lead out of the project, and what
 * is written through it would be somebody else's: that is a refusal.
 */
export async function refuseLinks(
  root: string,
  path: string,
  fs: FileSystem = disk,
): Promise<boolean> {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    throw refused(outside(path));
  }
  let place = root;
  for (const part of parts) {
    place = join(place, part);
    try {
      if ((await fs.lstat(place)).isSymbolicLink()) throw refused(linked(path, place));
    } catch (error) {
      if (errorCode(error) === "ENOENT") return false;
      if (errorCode(error) === "ENOTDIR") throw refused(unreadable(path, "ENOTDIR"));
      throw error;
    }
  }
  return true;
}

function linked(path: string, place: string): Problem {
  return {
    code: "file.link",
    message: `"${path}" is not written: "${place}" is a symbolic link.`,
    hint: "Put a file or a folder of the project itself in its place. Nothing was written.",
  };
}

function outside(path: string): Problem {
  return {
    code: "file.outside",
    message: `"${path}" does not lie in the project.`,
    hint: "Correct .secure-api.json, which names it. Nothing was written.",
  };
}

function unreadable(path: string, code: string): Problem {
  return {
    code: "file.unreadable",
    message: `"${path}" cannot be read (${code}).`,
    hint: "Look at its permissions, and whether it is a file. Nothing was written.",
  };
}

/** Whether something is at an absolute path, links followed. */
export async function hasFile(path: string, fs: FileSystem = disk): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  );
}
