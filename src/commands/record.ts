import { join } from "node:path";

import { refused } from "../errors.js";
import { RECORD_PATH } from "../plan/record.js";

/** The refusal of a record that is no JSON, lacks something, or is of something else. */
export function unknownRecord(root: string): Error {
  return refused({
    code: "project.record",
    message: `"${join(root, RECORD_PATH)}" is not a record that this version can read.`,
    hint: "Take it from the project's repository, or use the version that made it.",
  });
}
