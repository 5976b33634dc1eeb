import type { AnswersOf, CoreAnswers, OptionTable } from "../../answers/options.js";

/** The options that only this stack has. */
export const fastapiOptions = {
  installer: {
    kind: "choice",
    flag: "installer",
    choices: ["auto", "uv", "pip"],
    default: "auto",
    summary: "what installs the dependencies; auto takes uv, fetching it where it is missing",
    part: "run",
  },
} as const satisfies OptionTable;

export type FastapiAnswers = CoreAnswers & AnswersOf<typeof fastapiOptions>;
