/** The index of what the tests of a generated project claim. Pure. */

/** @typedef {import("../../src/stacks/stack.js").TestClaim} Claim */
/** @typedef {import("../../src/contract/catalogue/section.js").Section} Section */

/**
 * @param {readonly Claim[]} tests
 * @param {readonly Section[]} sections
 * @param {string} folder  where the project is, as the page links to it
 */
export function claimsPage(tests, sections, folder) {
  const parts = sections.map(({ title, claims }) => {
    const ids = claims.map(({ id }) => id);
    const own = tests.filter(({ id }) => ids.includes(id)).sort(byId);
    return own.length === 0
      ? ""
      : [`## ${title}`, own.map((claim) => line(claim, folder)).join("\n")].join("\n\n");
  });
  return parts.filter((part) => part !== "").join("\n\n");
}

/**
 * @param {Claim} one
 * @param {Claim} other
 */
function byId(one, other) {
  return (
    one.id.localeCompare(other.id, "en", { numeric: true }) ||
    one.test.localeCompare(other.test, "en")
  );
}

/**
 * @param {Claim} claim
 * @param {string} folder
 */
function line({ id, test, file, says }, folder) {
  const name = test === "" ? "" : `${test.replace("test_", "").replaceAll("_", " ")}: `;
  const sentence = says === "" ? "" : ` ${says.charAt(0).toUpperCase()}${says.slice(1)}`;
  return `- **${id}** ${name}[${file.replace("tests/", "")}](${folder}/${file}).${sentence}`;
}
