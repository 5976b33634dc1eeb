import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { commitEdits } from "../../../src/disk/edit.js";
import { disk, type FileSystem } from "../../../src/disk/files.js";
import { findRoot, readFolder, readTexts } from "../../../src/disk/project.js";
import { temporaryFolder } from "../support.js";
import { commit, EDITS, project, snapshot } from "./edits.js";

describe("edits are made", () => {
  it("all of them, and nothing else is left", async () => {
    const root = await project();
    await commit(root, EDITS);
    expect(await snapshot(root)).toEqual({
      app: "",
      "app/list.txt": "a\nb\n",
      "app/mine.txt": "mine\n",
      "app/new": "",
      "app/new/one.txt": "1\n",
    });
  });

  it.skipIf(process.platform === "win32")("and keep the permissions of a file", async () => {
    const root = await project();
    await chmod(path.join(root, "app/list.txt"), 0o600);
    await commit(root, EDITS);
    expect((await stat(path.join(root, "app/list.txt"))).mode & 0o777).toBe(0o600);
  });
});

describe("a folder whose last file went", () => {
  it("goes too, with what programs left in it; no other does", async () => {
    const root = await project();
    for (const folder of ["gone/cache", "kept/cache", "app/cache"]) {
      await mkdir(path.join(root, folder), { recursive: true });
      await writeFile(path.join(root, folder, "x.bin"), "x");
    }
    const files = ["gone/one.txt", "kept/one.txt"];
    for (const file of [...files, "kept/mine.txt"]) await writeFile(path.join(root, file), "1\n");
    const edits = files.map((file) => ({ path: file, before: "1\n", after: undefined }));
    const { signal } = new AbortController();
    await commitEdits(root, edits, { signal, waste: ["cache"] });
    expect((await readdir(root)).toSorted()).toEqual(["app", "kept"]);
    expect((await readdir(path.join(root, "kept"))).toSorted()).toEqual(["cache", "mine.txt"]);
  });
});

describe("when something fails, everything is as it was", () => {
  const count = 8;

  it.each(Array.from({ length: count }, (_, index) => index))(
    "at rename or write %i",
    async (index) => {
      const root = await project();
      const before = await snapshot(root);
      let left = index;
      const failing =
        <Arguments extends unknown[], Result>(real: (...args: Arguments) => Promise<Result>) =>
        async (...args: Arguments): Promise<Result> => {
          left -= 1;
          if (left === -1) throw Object.assign(new Error("full"), { code: "ENOSPC" });
          return real(...args);
        };
      const fs: FileSystem = {
        ...disk,
        rename: failing(disk.rename.bind(disk)),
        writeFile: failing(disk.writeFile.bind(disk)),
        mkdir: failing(disk.mkdir.bind(disk)),
      };
      const failed = commit(root, EDITS, fs);
      // Two writes, one folder and four renames: the run after those succeeds.
      if (index === 7) {
        await failed;
        return;
      }
      await expect(failed).rejects.toMatchObject({ code: "file.unwritable", exitCode: 3 });
      expect(await snapshot(root)).toEqual(before);
    },
  );

  it("or the run is interrupted", async () => {
    const root = await project();
    const before = await snapshot(root);
    const failed = commitEdits(root, EDITS, { signal: AbortSignal.abort() });
    await expect(failed).rejects.toMatchObject({ code: "cancelled" });
    expect(await snapshot(root)).toEqual(before);
  });
});

describe("an edit is refused", () => {
  it.each([
    ["a file that changed in the meantime", "app/list.txt", "other\n"],
    ["a file that came in the meantime", "app/new/one.txt", "theirs\n"],
  ])("of %s", async (_, file, text) => {
    const root = await project();
    await mkdir(path.join(root, "app/new"));
    await writeFile(path.join(root, file), text);
    const before = await snapshot(root);
    await expect(commit(root, EDITS)).rejects.toMatchObject({ code: "file.changed", exitCode: 3 });
    expect(await snapshot(root)).toEqual(before);
  });

  it("of a file that is read-only, or that is no text", async () => {
    const root = await project();
    const list = path.join(root, "app/list.txt");
    await chmod(list, 0o444);
    await expect(commit(root, EDITS)).rejects.toMatchObject({
      code: "file.read-only",
      exitCode: 3,
    });
    await chmod(list, 0o644);
    await writeFile(list, Buffer.from([0x61, 0xff, 0x0a]));
    const edit = { path: "app/list.txt", before: "a\uFFFD\n", after: "b\n" };
    await expect(commit(root, [edit])).rejects.toMatchObject({ code: "file.encoding" });
    expect(await readFile(list)).toEqual(Buffer.from([0x61, 0xff, 0x0a]));
  });

  it.skipIf(process.platform === "win32")("through a link, of a file or of a folder", async () => {
    const root = await project();
    const outside = await temporaryFolder();
    await symlink(outside, path.join(root, "app/new"));
    await expect(commit(root, EDITS)).rejects.toMatchObject({ code: "file.link", exitCode: 3 });
    expect(await readdir(outside)).toEqual([]);
    await symlink(path.join(root, "app/list.txt"), path.join(root, "app/link.txt"));
    const edit = { path: "app/link.txt", before: "a\n", after: "b\n" };
    await expect(commit(root, [edit])).rejects.toMatchObject({ code: "file.link" });
    expect(await readFile(path.join(root, "app/list.txt"), "utf8")).toBe("a\n");
  });

  it.each(["../x.txt", "/etc/x", "app/../../x", "app//x", "."])(
    "outside the project: %s",
    async (file) => {
      const root = await project();
      const edit = { path: file, before: undefined, after: "x\n" };
      await expect(commit(root, [edit])).rejects.toMatchObject({
        code: "file.outside",
        exitCode: 3,
      });
    },
  );
});

describe("a project is read", () => {
  it("from any folder in it, the nearest one", async () => {
    const root = await project();
    await writeFile(path.join(root, "marker"), "");
    const below = path.join(root, "app", "deep");
    await mkdir(below);
    expect(await findRoot(below, "marker")).toBe(root);
    expect(await findRoot(below, "no such marker")).toBeUndefined();
  });

  it("those of its files that are there", async () => {
    const root = await project();
    const texts = await readTexts(root, ["app/list.txt", "app/none.txt", "none/x.txt"]);
    expect([...texts]).toEqual([["app/list.txt", "a\n"]]);
    const takes = (name: string): boolean => name.endsWith(".txt");
    const folder = await readFolder(root, { folder: "app", takes });
    expect([...folder.keys()]).toEqual(["app/list.txt", "app/mine.txt", "app/old.txt"]);
    expect(await readFolder(root, { folder: "none", takes })).toEqual(new Map());
  });
});
