import type { PathLike } from "node:fs";
import { mkdir, readdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import fs from "fs-extra";
import { afterEach, describe, expect, it, vi } from "vitest";

import { inspectReports, type ReportFile, writeReport } from "../../../src/disk/report.js";
import { containing, temporaryFolder } from "../support.js";

const OURS = "ours: an earlier report";
const onPosix = it.skipIf(process.platform === "win32");

interface Access {
  readonly access: (path: PathLike) => Promise<void>;
}

afterEach(() => {
  vi.restoreAllMocks();
});

function file(folder: string, shown: string, flag = "--html"): ReportFile {
  return { flag, shown, path: join(folder, shown), mark: /^ours: / };
}

describe("a report may go to", () => {
  it("a file that is not there, one that is empty, and an earlier report", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "empty"), "");
    await writeFile(join(folder, "old"), OURS);
    const all = ["new", "empty", "old"].map((name) => file(folder, name));
    await inspectReports(all);
    expect(await readdir(folder)).toEqual(["empty", "old"]);
    for (const one of all) await writeReport(one, "ours: now");
    expect((await readdir(folder)).toSorted()).toEqual(["empty", "new", "old"]);
    expect(await readFile(join(folder, "old"), "utf8")).toBe("ours: now");
  });
});

describe("a report may not go to", () => {
  const impossible = (why: string): object => ({
    ...{ exitCode: 2, code: "report.impossible" },
    message: containing(why),
    hint: containing("after --html"),
  });

  it("a file that holds anything else", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "README.md"), `mine, about ${OURS}`);
    const one = file(folder, "README.md");
    const refusal = { exitCode: 3, code: "report.occupied" };
    await expect(inspectReports([one])).rejects.toMatchObject(refusal);
    await expect(writeReport(one, OURS)).rejects.toMatchObject(refusal);
    expect(await readFile(one.path, "utf8")).toContain("mine");
    expect(await readdir(folder)).toEqual(["README.md"]);
  });

  it("the file of another report, however it is spelled", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "a"));
    await symlink(join(folder, "a"), join(folder, "b"));
    for (const other of ["a/r.xml", "a/../a/r.xml", "a/R.xml", "b/r.xml"]) {
      const two = [file(folder, "a/r.xml"), file(folder, other, "--junit")];
      await expect(inspectReports(two)).rejects.toMatchObject({
        ...{ exitCode: 2, code: "report.twice" },
        message: `--html and --junit name the same file: "${other}".`,
      });
    }
  });

  it("a folder that is not there, which nobody makes", async () => {
    const folder = await temporaryFolder();
    const work = inspectReports([file(folder, "a/b/r.html")]);
    await expect(work).rejects.toMatchObject(impossible("its folder is not there"));
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(["full", "full/", "new/"])("a folder: %s", async (name) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "full"));
    const work = inspectReports([file(folder, name)]);
    await expect(work).rejects.toMatchObject(impossible("it is a folder"));
  });

  it("a place below a file", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), OURS);
    for (const name of ["file/r.html", "file/a/r.html"]) {
      const work = inspectReports([file(folder, name)]);
      await expect(work).rejects.toMatchObject(impossible("one of its parents is a file"));
    }
  });

  onPosix("a link, wherever it leads", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "old"), OURS);
    await symlink("old", join(folder, "link"));
    await symlink("nowhere", join(folder, "broken"));
    for (const name of ["link", "broken"]) {
      const work = inspectReports([file(folder, name)]);
      await expect(work).rejects.toMatchObject(impossible("it is a link"));
    }
  });

  onPosix("folders that the kernel makes up", async () => {
    for (const path of ["/proc/r.html", "/proc/x/r.html", "/dev/null", "/sys/r.html"]) {
      const one = { ...file("/", path), path };
      await expect(inspectReports([one])).rejects.toMatchObject({ exitCode: 2 });
    }
  });

  it.each(["closed/r.html", "fixed"])("%s, which is not the user's to write", async (name) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "closed"));
    await writeFile(join(folder, "fixed"), OURS);
    const theirs = await realpath(join(folder, name === "fixed" ? "fixed" : "closed"));
    // Whoever runs this may be root, whom nothing stops.
    vi.spyOn<Access, "access">(fs, "access").mockImplementation((path) =>
      path === theirs
        ? Promise.reject(Object.assign(new Error("no"), { code: "EACCES" }))
        : Promise.resolve(),
    );
    const work = inspectReports([file(folder, name)]);
    await expect(work).rejects.toMatchObject(impossible("the permission is missing"));
  });

  it("a name that no system takes", async () => {
    const work = inspectReports([file(await temporaryFolder(), "x".repeat(300))]);
    await expect(work).rejects.toMatchObject(impossible("its name is too long"));
  });
});
