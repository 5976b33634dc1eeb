import { type Problem, refused, unfinished, UserError } from "../errors.js";
import { errorCode } from "./files.js";

/** System error -> why a file of a project could not be written, and what helps. */
const REASONS: Readonly<Partial<Record<string, readonly [reason: string, help: string]>>> = {
  EACCES: ["the permission is missing", "Look at the permissions of its folder."],
  EPERM: ["the permission is missing", "Look at the permissions of its folder."],
  EROFS: ["its file system is read-only", "Work where the project can be written."],
  EFBIG: ["it is larger than your limit (ulimit -f) allows", "Raise the limit."],
  ENOSPC: ["the disk is full", "Free some space."],
  EDQUOT: ["your disk quota is used up", "Free some space."],
  EBUSY: ["another program holds it", "Close what uses it."],
  ENOTDIR: ["a part of its path is a file", "Move that file away."],
  EEXIST: ["something else made it in the meantime", "Look what it is."],
  ENOENT: ["it was taken away in the meantime", "Look what else is at work there."],
  EIO: ["the disk does not work", "Look at the disk."],
};

/** How far an undoing came. */
export interface Stopped {
  /** Where it failed. */
  readonly path: string;
  /** Whether something could not be put back. */
  readonly left: string | undefined;
}

/** The refusal for whatever the system said while a project was changed. */
export function explainEdit(error: unknown, { path, left }: Stopped): unknown {
  if (left !== undefined) return unfinished(halfDone(path, left), { cause: error });
  if (error instanceof UserError) return error;
  const reason = REASONS[errorCode(error)];
  if (reason === undefined) return error;
  const [why, help] = reason;
  const problem = {
    code: "file.unwritable",
    message: `"${path}" cannot be written: ${why}.`,
    hint: `Nothing was written. ${help} Then run the same command again.`,
  };
  return refused(problem, { cause: error });
}

/** What was moved away is not thrown away. */
function halfDone(path: string, left: string): Problem {
  return {
    code: "file.half-done",
    message: `"${path}" could not be written, and not everything could be put back.`,
    hint: `What was there before is kept in "${left}": files named old-*, in the order of the change.`,
  };
}
