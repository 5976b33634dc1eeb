import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { disk, type FileSystem } from "./files.js";

/** The folder of templates that this package brings. */
export const templatesFolder = fileURLToPath(new URL("../../templates", import.meta.url));

/** Every template below a folder: path with `/` -> text. */
export async function loadTemplates(
  folder: string,
  fs: FileSystem = disk,
): Promise<ReadonlyMap<string, string>> {
  const paths = await listFiles(folder, "", fs);
  const texts = await Promise.all(paths.map((path) => fs.readFile(join(folder, path), "utf8")));
  return new Map(paths.map((path, index) => [path, texts[index] ?? ""]));
}

async function listFiles(
  folder: string,
  below: string,
  fs: FileSystem,
): Promise<readonly string[]> {
  const names = await fs.readdir(join(folder, below));
  const lists = names.toSorted().map(async (name) => {
    const path = below === "" ? name : `${below}/${name}`;
    const entry = await fs.lstat(join(folder, path));
    return entry.isDirectory() ? listFiles(folder, path, fs) : [path];
  });
  return (await Promise.all(lists)).flat();
}
