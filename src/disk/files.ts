import fs from "fs-extra";

interface Entry {
  readonly mode?: number;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** The part of a file system that this program uses, so that a test can make any of it fail. */
export interface FileSystem {
  access(path: string, mode: number): Promise<void>;
  lstat(path: string): Promise<Entry>;
  stat(path: string): Promise<Entry>;
  realpath(path: string): Promise<string>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string, encoding: "utf8"): Promise<string>;
  mkdir(path: string, options: { readonly recursive: boolean }): Promise<unknown>;
  mkdtemp(prefix: string): Promise<string>;
  writeFile(
    path: string,
    text: string,
    options: { readonly flag: "wx"; readonly mode: number },
  ): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  rmdir(path: string): Promise<void>;
  rm(path: string, options: { readonly recursive: true; readonly force: true }): Promise<void>;
}

/** The disk itself. */
export const disk: FileSystem = fs;

/** The system's word for what went wrong, as in ENOENT. */
export function errorCode(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}
