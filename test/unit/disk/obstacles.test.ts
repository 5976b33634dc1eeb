import { chmod, readFile, stat } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { disk, type FileSystem } from "../../../src/disk/files.js";
import { commit, EDITS, project, snapshot } from "./edits.js";

/** Where the code lies on a disk of its own: no rename leads from one to the other. */
function twoDisks(root: string, more: Partial<FileSystem> = {}): FileSystem {
  const isCode = (file: string): boolean => file.startsWith(path.join(root, "app"));
  return {
    ...disk,
    rename: async (from, to) => {
      if (isCode(from) !== isCode(to)) throw Object.assign(new Error("far"), { code: "EXDEV" });
      await disk.rename(from, to);
    },
    ...more,
  };
}

describe("a folder that is another file system", () => {
  it("is written all the same", async () => {
    const [near, far] = [await project(), await project()];
    await chmod(path.join(far, "app/list.txt"), 0o600);
    await commit(near, EDITS);
    await commit(far, EDITS, twoDisks(far));
    expect(await snapshot(far)).toEqual(await snapshot(near));
    if (process.platform === "win32") return;
    expect((await stat(path.join(far, "app/list.txt"))).mode & 0o777).toBe(0o600);
  });

  it("is as it was when a later change fails", async () => {
    const root = await project();
    const before = await snapshot(root);
    const last = { path: "app/full.txt", before: undefined, after: "x\n" };
    const fs = twoDisks(root, {
      writeFile: async (file, text, options) => {
        const isCopy = file.includes(`app${path.sep}`);
        if (isCopy && text === "x\n") throw Object.assign(new Error("full"), { code: "ENOSPC" });
        await disk.writeFile(file, text, options);
      },
    });
    const failure: unknown = await commit(root, [...EDITS, last], fs).catch(
      (error: unknown) => error,
    );
    expect(failure).toHaveProperty("code", "file.unwritable");
    expect(failure).toHaveProperty("message", expect.stringContaining("app/full.txt"));
    expect(await snapshot(root)).toEqual(before);
  });
});

it("what failed is told with the file, and what could not be put back is kept", async () => {
  const root = await project();
  const fs: FileSystem = {
    ...disk,
    rename: async (from, to) => {
      // The list is moved away; neither the new one nor the old one gets to its place.
      if (to.endsWith("list.txt")) throw Object.assign(new Error("no"), { code: "EACCES" });
      await disk.rename(from, to);
    },
  };
  const failure: unknown = await commit(root, EDITS, fs).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "file.half-done", exitCode: 4 });
  expect(failure).toHaveProperty("message", expect.stringContaining("app/list.txt"));
  const [, kept = ""] =
    /"(\.create-secure-api-[^"]+)"/u.exec(String(Reflect.get(Object(failure), "hint"))) ?? [];
  expect(await readFile(path.join(root, kept, "old-1"), "utf8")).toBe("a\n");
});
