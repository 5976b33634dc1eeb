import { constants } from "node:fs";
import { dirname, sep } from "node:path";

import { type Problem, refused, type UserError } from "../errors.js";
import { disk, errorCode, type FileSystem } from "./files.js";

/** A place that a new project can go to. */
export interface Target {
  readonly root: string;
  /** False for a folder that is there already, empty but for a repository. */
  readonly isNew: boolean;
}

/** What a folder may hold and still take a new project. */
const HARMLESS = new Set([".git"]);
/** File systems that the kernel makes up: what is written there is no file. */
const KERNEL_FOLDERS = ["/proc", "/sys", "/dev"];
const MEMORY_FOLDER = "/dev/shm";

/** Look whether a project can be written to a folder, without writing anything. */
export async function inspectTarget(root: string, fs: FileSystem = disk): Promise<Target> {
  try {
    const isNew = !(await isThere(root, fs));
    if (!isNew) await refuseUnlessEmpty(root, fs);
    await refuseUnlessWritable(isNew ? await nearestFolder(dirname(root), fs) : root, root, fs);
    return { root, isNew };
  } catch (error) {
    throw explainTarget(root, error);
  }
}

async function isThere(path: string, fs: FileSystem): Promise<boolean> {
  try {
    await fs.lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function refuseUnlessEmpty(root: string, fs: FileSystem): Promise<void> {
  const entry = await fs.lstat(root);
  if (entry.isSymbolicLink()) throw refused(linked(root));
  if (!entry.isDirectory()) throw refused(occupied(root));
  const names = (await fs.readdir(root)).filter((name) => !HARMLESS.has(name));
  if (names.length > 0) throw refused(notEmpty(root, names.toSorted()));
}

/** The folder in which the missing ones would be made. */
async function nearestFolder(path: string, fs: FileSystem): Promise<string> {
  if (!(await isThere(path, fs))) return nearestFolder(dirname(path), fs);
  const entry = await fs.stat(path);
  if (!entry.isDirectory()) throw refused(occupied(path));
  return path;
}

async function refuseUnlessWritable(folder: string, root: string, fs: FileSystem): Promise<void> {
  if (isMadeUp(await fs.realpath(folder))) throw refused(virtual(root));
  await fs.access(folder, constants.W_OK | constants.X_OK);
}

/** Whether a folder is the kernel's own, given where it really is. */
export function isMadeUp(real: string): boolean {
  const isIn = (parent: string): boolean => `${real}${sep}`.startsWith(`${parent}/`);
  return KERNEL_FOLDERS.some(isIn) && !isIn(MEMORY_FOLDER);
}

/** The refusal for whatever the system said about a target. */
export function explainTarget(root: string, error: unknown): unknown {
  const explain = EXPLANATIONS[errorCode(error)];
  return explain === undefined ? error : withCause(explain(root), error);
}

function withCause(problem: Problem, cause: unknown): UserError {
  return refused(problem, { cause });
}

const OTHER_FOLDER = "Give another folder.";

function linked(root: string): Problem {
  return {
    code: "target.link",
    message: `"${root}" is a symbolic link.`,
    hint: "Give the folder that it leads to, so that it is clear where the files go.",
  };
}

function occupied(path: string): Problem {
  return {
    code: "target.not-a-folder",
    message: `"${path}" is not a folder.`,
    hint: OTHER_FOLDER,
  };
}

function notEmpty(root: string, names: readonly string[]): Problem {
  const shown = names.slice(0, 3).map((name) => JSON.stringify(name));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
  return {
    code: "target.not-empty",
    message: `"${root}" is not empty: it holds ${shown.join(", ")}${more}.`,
    hint: "Give a folder that is new or empty; nothing is ever overwritten.",
  };
}

function virtual(root: string): Problem {
  return {
    code: "target.virtual",
    message: `"${root}" is in a folder that the system makes up; files cannot be kept there.`,
    hint: OTHER_FOLDER,
  };
}

function unwritable(root: string): Problem {
  return {
    code: "target.unwritable",
    message: `"${root}" cannot be written: the permission is missing.`,
    hint: "Give a folder of yours, or change the permissions of its parent.",
  };
}

/** System error -> what it means for a folder that is to be written. */
const EXPLANATIONS: Readonly<Partial<Record<string, (root: string) => Problem>>> = {
  EACCES: unwritable,
  EPERM: unwritable,
  EROFS: (root) => ({
    code: "target.read-only",
    message: `"${root}" cannot be written: its file system is read-only.`,
    hint: OTHER_FOLDER,
  }),
  EFBIG: (root) => ({
    code: "target.no-space",
    message: `"${root}" cannot be written: a file is larger than your limit (ulimit -f) allows.`,
    hint: "Raise the limit and run the same command again.",
  }),
  ENOENT: (root) => ({
    code: "target.impossible",
    message: `"${root}" cannot be made: the system keeps no files there.`,
    hint: OTHER_FOLDER,
  }),
  ENOTDIR: (root) => ({
    code: "target.parent-not-a-folder",
    message: `"${root}" cannot be made: one of its parents is a file.`,
    hint: OTHER_FOLDER,
  }),
  ELOOP: linked,
  ENAMETOOLONG: (root) => ({
    code: "target.too-long",
    message: `The path "${root.slice(0, 40)}…" is too long for this file system.`,
    hint: "Give a shorter one.",
  }),
  ENOSPC: (root) => ({
    code: "target.no-space",
    message: `"${root}" cannot be written: the disk is full.`,
    hint: "Free some space and run the same command again.",
  }),
  EDQUOT: (root) => ({
    code: "target.no-space",
    message: `"${root}" cannot be written: your disk quota is used up.`,
    hint: "Free some space and run the same command again.",
  }),
  ENOTEMPTY: changed,
  EEXIST: changed,
};

function changed(root: string): Problem {
  return {
    code: "target.changed",
    message: `"${root}" was filled by something else in the meantime.`,
    hint: "Look what is in there, and give a folder that is new or empty.",
  };
}
