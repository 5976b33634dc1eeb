import type { TestClaim } from "../stack.js";

const TESTS = /^tests\/(?:\w+\/)*test_\w+\.py$/u;

/** Ids, and after a colon what they mean here. */
const CLAIM = /"""((?:[A-Z]+-\d+\w?(?:, )?)+)(?:: ([^]*?)|\.)"""/u;
const TEST = new RegExp(
  String.raw`^ *(?:\w+ )?def (test_\w+)\([^]*?-> None:\n +${CLAIM.source}`,
  "mu",
);
const MODULE = new RegExp(`^()${CLAIM.source}`, "u");

/** A claim is a test's, by the first line of its docstring; or, in that of a file, all its tests' together. */
export function claims(file: string, text: string): readonly TestClaim[] {
  if (!TESTS.test(file)) return [];
  const found = [MODULE.exec(text), ...functionsOf(text).map((body) => TEST.exec(body))];
  return found.flatMap((match) => {
    const [, test = "", ids = "", doc = ""] = match ?? [];
    const says = firstParagraph(doc);
    return ids === "" ? [] : ids.split(", ").map((id) => ({ id, test, file, says }));
  });
}

/** One function at a time: an expression that may run on would take the docstring of the next. */
function functionsOf(text: string): readonly string[] {
  return text.split(/^(?= *(?:(?:\w+ )?def |class |@))/mu);
}

/** The first paragraph of a docstring, as Markdown. */
function firstParagraph(doc: string): string {
  const text = (doc.split("\n\n")[0] ?? "").replaceAll(/\s+/gu, " ").trim();
  const parts = text.split("``");
  return parts
    .map((part, index) =>
      index % 2 ? `\`${part}\`` : part.replaceAll(/[*_<[\]]/gu, String.raw`\$&`),
    )
    .join("");
}
