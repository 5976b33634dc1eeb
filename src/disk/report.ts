import { constants } from "node:fs";
import { basename, dirname, join } from "node:path";

import fs from "fs-extra";

import { type Problem, refused, usage, UserError } from "../errors.js";
import { errorCode } from "./files.js";
import { isMadeUp } from "./target.js";

/** A file that a report is to be written to. */
export interface ReportFile {
  /** As in `--html`. */
  readonly flag: string;
  /** As it was typed. */
  readonly shown: string;
  readonly path: string;
  /** What an earlier report has near its beginning; anything else is somebody's work. */
  readonly mark: RegExp;
}

/** Enough to know a report by. */
const BEGINNING = 4096;

/** Look whether all reports can be written, without writing anything. */
export async function inspectReports(files: readonly ReportFile[]): Promise<void> {
  const taken = new Map<string, string>();
  for (const file of files) {
    // Some systems do not tell capitals from small letters.
    const place = (await inspectReport(file)).toLowerCase();
    const other = taken.get(place);
    if (other !== undefined) {
      throw usage({
        code: "report.twice",
        message: `${other} and ${file.flag} name the same file: "${file.shown}".`,
        hint: "Give each report a file of its own.",
      });
    }
    taken.set(place, file.flag);
  }
}

/** Write a report: wholly or not at all, and over nothing but an earlier one. */
export async function writeReport(file: ReportFile, text: string): Promise<void> {
  const place = await inspectReport(file);
  await explained(file, async () => {
    const desk = await fs.mkdtemp(join(dirname(place), ".report-"));
    try {
      const draft = join(desk, "draft");
      await fs.writeFile(draft, text);
      // Takes the place of a link that has come meanwhile, and does not follow it.
      await fs.rename(draft, place);
    } finally {
      await fs.rm(desk, { recursive: true, force: true });
    }
  });
}

/** Where the report goes, all links followed. */
function inspectReport(file: ReportFile): Promise<string> {
  return explained(file, async () => {
    const folder = await fs.realpath(dirname(file.path));
    if (!(await fs.stat(folder)).isDirectory()) throw usage(belowFile(file));
    if (isMadeUp(folder)) throw usage(problem(file, "the system makes its folder up"));
    await fs.access(folder, constants.W_OK | constants.X_OK);
    const place = join(folder, basename(file.path));
    await inspectPlace(place, file);
    return place;
  });
}

/** Whatever the system says to a path that was given is the user's to put right. */
async function explained<Result>(file: ReportFile, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === "" || error instanceof UserError) throw error;
    const explain = EXPLANATIONS[code];
    throw usage(explain?.(file) ?? problem(file, `the system says ${code}`));
  }
}

async function inspectPlace(place: string, file: ReportFile): Promise<void> {
  const entry = await fs.lstat(place).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (/[/\\]$/.test(file.shown) || entry?.isDirectory() === true)
    throw usage(problem(file, "it is a folder"));
  if (entry === undefined) return;
  if (entry.isSymbolicLink()) throw usage(problem(file, "it is a link to another place"));
  if (!entry.isFile()) throw usage(problem(file, "it is no plain file"));
  await fs.access(place, constants.R_OK | constants.W_OK);
  if (entry.size > 0 && !file.mark.test(await beginningOf(place))) throw refused(occupied(file));
}

async function beginningOf(path: string): Promise<string> {
  const file = await fs.promises.open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

function problem({ flag, shown }: ReportFile, why: string): Problem {
  return {
    code: "report.impossible",
    message: `No report can be written to "${shown}": ${why}.`,
    hint: `Give another file after ${flag}.`,
  };
}

function noFolder(file: ReportFile): Problem {
  return {
    ...problem(file, "its folder is not there"),
    hint: `Make the folder first, or give another file after ${file.flag}.`,
  };
}

function occupied({ flag, shown }: ReportFile): Problem {
  return {
    code: "report.occupied",
    message: `"${shown}" is there already, and is no report of this kind: it is left as it is.`,
    hint: `Nothing was written. Give another file after ${flag}, or take this one away first.`,
  };
}

function belowFile(file: ReportFile): Problem {
  return problem(file, "one of its parents is a file");
}

const unwritable = (file: ReportFile): Problem => problem(file, "the permission is missing");

/** System error -> what it means for a report. */
const EXPLANATIONS: Readonly<Partial<Record<string, (file: ReportFile) => Problem>>> = {
  ENOENT: noFolder,
  ENOTDIR: belowFile,
  EACCES: unwritable,
  EPERM: unwritable,
  EROFS: (file) => problem(file, "its file system is read-only"),
  ELOOP: (file) => problem(file, "its folder is a link that leads nowhere"),
  ENAMETOOLONG: (file) => problem(file, "its name is too long"),
  ENOSPC: (file) => problem(file, "the disk is full"),
  EDQUOT: (file) => problem(file, "your disk quota is used up"),
};
