import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { commitEdits } from "../../../src/disk/edit.js";
import { disk, type FileSystem } from "../../../src/disk/files.js";
import type { Edit } from "../../../src/plan/edits.js";
import { temporaryFolder } from "../support.js";

/** One of each kind. */
export const EDITS: readonly Edit[] = [
  { path: "app/new/one.txt", before: undefined, after: "1\n" },
  { path: "app/list.txt", before: "a\n", after: "a\nb\n" },
  { path: "app/old.txt", before: "old\n", after: undefined },
  { path: "app/mine.txt", before: "mine\n", after: "mine\n" },
];

/** A project that they fit. */
export async function project(): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(path.join(root, "app"));
  const texts = { "list.txt": "a\n", "old.txt": "old\n", "mine.txt": "mine\n" };
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(path.join(root, "app", name), text);
  }
  return root;
}

/** Every file and folder. */
export async function snapshot(root: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (file) => [path.relative(root, file), await readFile(file, "utf8")] as const),
  );
  const folders = names.filter((entry) => entry.isDirectory());
  const empty = folders.map(
    (entry) => [path.relative(root, path.join(entry.parentPath, entry.name)), ""] as const,
  );
  return Object.fromEntries([...texts, ...empty].toSorted());
}

/** Make edits without an interrupt. */
export async function commit(
  root: string,
  edits: readonly Edit[],
  fs: FileSystem = disk,
): Promise<void> {
  await commitEdits(root, edits, { signal: new AbortController().signal, fs });
}
