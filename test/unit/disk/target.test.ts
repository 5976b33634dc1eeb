import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { disk, type FileSystem } from "../../../src/disk/files.js";
import { inspectTarget } from "../../../src/disk/target.js";
import { temporaryFolder } from "../support.js";

const onPosix = it.skipIf(process.platform === "win32");

function failing(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe("a project may go to", () => {
  it("a folder that is not there, nor its parents", async () => {
    const root = path.join(await temporaryFolder(), "a", "b", "it's here");
    expect(await inspectTarget(root)).toEqual({ root, isNew: true });
  });

  it("a folder that is empty", async () => {
    const root = await temporaryFolder();
    expect(await inspectTarget(root)).toEqual({ root, isNew: false });
  });

  it("a folder that holds a repository and nothing else", async () => {
    const root = await temporaryFolder();
    await mkdir(path.join(root, ".git"));
    expect(await inspectTarget(root)).toEqual({ root, isNew: false });
  });

  onPosix("a folder below a link, which is how some systems spell theirs", async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, "real"));
    await symlink(path.join(folder, "real"), path.join(folder, "link"));
    expect(await inspectTarget(path.join(folder, "link", "x"))).toMatchObject({ isNew: true });
  });
});

describe("a project may not go to", () => {
  const refusal = (code: string): object => ({ code, exitCode: 3 });

  it("a folder with anything in it, be it hidden", async () => {
    const root = await temporaryFolder();
    for (const name of [".git", ".hidden", "b", "c", "d"])
      await writeFile(path.join(root, name), "");
    await expect(inspectTarget(root)).rejects.toMatchObject({
      ...refusal("target.not-empty"),
      message: `"${root}" is not empty: it holds ".hidden", "b", "c" and 1 more.`,
    });
  });

  it("a file", async () => {
    const root = path.join(await temporaryFolder(), "file");
    await writeFile(root, "");
    await expect(inspectTarget(root)).rejects.toMatchObject(refusal("target.not-a-folder"));
  });

  it("a place below a file", async () => {
    const file = path.join(await temporaryFolder(), "file");
    await writeFile(file, "");
    await expect(inspectTarget(path.join(file, "x"))).rejects.toMatchObject({ exitCode: 3 });
    await expect(inspectTarget(path.join(file, "x", "y"))).rejects.toMatchObject({ exitCode: 3 });
  });

  onPosix("a link, wherever it leads", async () => {
    const folder = await temporaryFolder();
    await symlink(folder, path.join(folder, "whole"));
    await symlink("nowhere", path.join(folder, "broken"));
    for (const name of ["whole", "broken"]) {
      const target = inspectTarget(path.join(folder, name));
      await expect(target).rejects.toMatchObject(refusal("target.link"));
    }
  });

  onPosix("below a link that leads nowhere", async () => {
    const folder = await temporaryFolder();
    await symlink("nowhere", path.join(folder, "broken"));
    const target = inspectTarget(path.join(folder, "broken", "x"));
    await expect(target).rejects.toMatchObject({ exitCode: 3 });
  });

  it
    .runIf(process.platform === "linux")
    .each(["/proc/foo", "/proc/self/foo", "/sys/x/y", "/dev/foo"])("%s", async (root) => {
    await expect(inspectTarget(root)).rejects.toMatchObject(refusal("target.virtual"));
  });

  it("a path that is too long for the file system", async () => {
    const root = path.join(await temporaryFolder(), "a".repeat(300));
    await expect(inspectTarget(root)).rejects.toMatchObject(refusal("target.too-long"));
  });

  it.each([
    ["EACCES", "target.unwritable"],
    ["EROFS", "target.read-only"],
    ["EFBIG", "target.no-space"],
    ["EPERM", "target.unwritable"],
  ])("a folder that the system does not let us write: %s", async (system, code) => {
    const root = await temporaryFolder();
    const fs: FileSystem = { ...disk, access: () => Promise.reject(failing(system)) };
    await expect(inspectTarget(root, fs)).rejects.toMatchObject(refusal(code));
  });
});

it("a failure that nobody foresaw is not dressed up as the user's", async () => {
  const root = await temporaryFolder();
  const fs: FileSystem = { ...disk, access: () => Promise.reject(failing("EIO")) };
  await expect(inspectTarget(root, fs)).rejects.toThrow("EIO");
});
