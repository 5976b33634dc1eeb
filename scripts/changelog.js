/** The two things that a release asks of CHANGELOG.md. Pure: text in, text out. */

const UNRELEASED = "## [Unreleased]";

/**
 * Put a version and a date over what is unreleased, and an empty heading above it.
 *
 * @param {string} text
 * @param {{ version: string, date: string }} release
 */
export function closeUnreleased(text, { version, date }) {
  if (entryOf(text, "Unreleased") === "") throw new Error("CHANGELOG.md has nothing unreleased.");
  return text.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/**
 * What one version's heading holds; empty where the heading is missing, or has no date.
 *
 * @param {string} text
 * @param {string} version
 */
export function entryOf(text, version) {
  const heading = version === "Unreleased" ? UNRELEASED : `## [${version}] - `;
  const sections = text.split(/^(?=## )/mu);
  const section = sections.find((candidate) => candidate.startsWith(heading)) ?? "";
  const [first = "", ...lines] = section.split("\n");
  const isDated = version === "Unreleased" || /\d{4}-\d{2}-\d{2}$/u.test(first);
  return isDated ? lines.join("\n").trim() : "";
}
