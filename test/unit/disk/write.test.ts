import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { disk, type FileSystem } from "../../../src/disk/files.js";
import { inspectTarget } from "../../../src/disk/target.js";
import { writeProject } from "../../../src/disk/write.js";
import type { Tree } from "../../../src/plan/plan.js";
import { temporaryFolder } from "../support.js";

const tree: Tree = new Map([
  [".env", { text: "SECRET=1\n", mode: 0o600 }],
  ["app/core/a.txt", { text: "ä\n", mode: 0o644 }],
  ["app/empty", { text: "", mode: 0o644 }],
  ["scripts/check", { text: "#!/bin/sh\n", mode: 0o755 }],
] as const);

async function write(
  root: string,
  more: { fs?: FileSystem; signal?: AbortSignal } = {},
): Promise<void> {
  const { fs = disk, signal = new AbortController().signal } = more;
  await writeProject(await inspectTarget(root), tree, { signal, fs });
}

/** Everything below a folder, folders included. */
async function everything(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.map((name) => name.replaceAll("\\", "/")).toSorted();
}

const WRITTEN = [
  ".env",
  "app",
  "app/core",
  "app/core/a.txt",
  "app/empty",
  "scripts",
  "scripts/check",
];

describe("a project is written whole", () => {
  it("to a new place, its parents made", async () => {
    const folder = await temporaryFolder();
    await write(path.join(folder, "a", "my api"));

    expect(await everything(path.join(folder, "a", "my api"))).toEqual(WRITTEN);
    expect(await readdir(path.join(folder, "a"))).toEqual(["my api"]);
    expect(await readFile(path.join(folder, "a", "my api", "app/core/a.txt"), "utf8")).toBe("ä\n");
  });

  it("into an empty folder, which stays the same folder", async () => {
    const folder = await temporaryFolder();
    const { ino } = await lstat(folder);
    await write(folder);

    expect(await everything(folder)).toEqual(WRITTEN);
    expect((await lstat(folder)).ino).toBe(ino);
  });

  it("beside a repository that it does not touch", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, ".git"));
    await writeFile(path.join(folder, ".git", "HEAD"), "ref");
    await write(folder);

    expect(await everything(folder)).toEqual([".env", ".git", ".git/HEAD", ...WRITTEN.slice(1)]);
  });

  it.skipIf(process.platform === "win32")("with the modes of the plan", async () => {
    const root = path.join(await temporaryFolder(), "x");
    await write(root);

    const mode = async (name: string): Promise<number> =>
      (await lstat(path.join(root, name))).mode & 0o777;
    expect(await mode(".env")).toBe(0o600);
    expect((await mode("scripts/check")) & 0o700).toBe(0o700);
    expect((await mode("app/empty")) & 0o111).toBe(0);
  });
});

/** A disk on which the operation fails from its nth use on. */
function failingFrom(
  operation: "writeFile" | "rename" | "mkdir",
  nth: number,
  code: string,
): FileSystem {
  let uses = 0;
  const fail = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));
  const turn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    uses += 1;
    return uses >= nth ? fail() : work();
  };
  return {
    ...disk,
    ...(operation === "writeFile" && { writeFile: (...a) => turn(() => disk.writeFile(...a)) }),
    ...(operation === "rename" && { rename: (...a) => turn(() => disk.rename(...a)) }),
    ...(operation === "mkdir" && { mkdir: (...a) => turn(() => disk.mkdir(...a)) }),
  };
}

describe("or not at all", () => {
  it.each([
    ["writeFile", 1, "ENOSPC", "target.no-space"],
    ["writeFile", 3, "ENOSPC", "target.no-space"],
    ["mkdir", 1, "EACCES", "target.unwritable"],
    ["mkdir", 3, "EROFS", "target.read-only"],
    ["rename", 1, "ENOTEMPTY", "target.changed"],
  ] as const)(
    "a new place: %s fails at its use no. %i (%s)",
    async (...[operation, nth, system, code]) => {
      const folder = await temporaryFolder();
      const fs = failingFrom(operation, nth, system);

      await expect(write(path.join(folder, "a", "b"), { fs })).rejects.toMatchObject({
        code,
        exitCode: 3,
      });

      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("a failure between two moves takes the first back and leaves what was there", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, ".git"));
    const fs: FileSystem = {
      ...disk,
      rename: (from, to) =>
        to === path.join(folder, "scripts")
          ? Promise.reject(Object.assign(new Error("no"), { code: "EACCES" }))
          : disk.rename(from, to),
    };

    await expect(write(folder, { fs })).rejects.toMatchObject({ exitCode: 3 });

    expect(await readdir(folder)).toEqual([".git"]);
  });

  it("nothing that appeared in the meantime is overwritten", async () => {
    const folder = await temporaryFolder();
    const target = await inspectTarget(folder);
    await writeFile(path.join(folder, "app"), "the user's");
    const { signal } = new AbortController();

    await expect(writeProject(target, tree, { signal })).rejects.toMatchObject({
      code: "target.changed",
    });

    expect(await readdir(folder)).toEqual(["app"]);
    expect(await readFile(path.join(folder, "app"), "utf8")).toBe("the user's");
  });

  it("an interrupt before the files take their place leaves nothing", async () => {
    const folder = await temporaryFolder();
    const interrupt = new AbortController();
    const fs: FileSystem = {
      ...disk,
      writeFile: (...a) => {
        interrupt.abort();
        return disk.writeFile(...a);
      },
    };

    const written = write(path.join(folder, "a", "b"), { fs, signal: interrupt.signal });

    await expect(written).rejects.toMatchObject({ code: "cancelled", exitCode: 130 });
    expect(await readdir(folder)).toEqual([]);
  });
});
