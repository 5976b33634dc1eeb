/** What the tests of a generated project claim, read from their first lines. Pure. */

/** @typedef {{ id: string, test: string, file: string, says: string }} Claim */

const AREAS = new Map([
  ["AUTH", "Accounts and sign-in"],
  ["SESS", "Sessions and refresh tokens"],
  ["JWT", "Access tokens"],
  ["AUTHZ", "Who may do what"],
  ["INPUT", "Bodies, queries, cursors"],
  ["RATE", "Limits by address and by account"],
  ["CORS", "Origins and hosts"],
  ["HDR", "Headers"],
  ["ERR", "Errors"],
  ["LOG", "Audit trail and logs"],
  ["CONF", "Settings and operation"],
  ["DATA", "Stored data"],
  ["DOS", "Exhaustion"],
  ["DEPS", "Dependencies and builds"],
  ["DOCS", "The documentation page"],
]);
/** Ids, and after a colon what they mean here. */
const CLAIM = /"""((?:[A-Z]+-\d+\w?(?:, )?)+)(?:: ([^]*?)|\.)"""/u;
const TEST = new RegExp(
  String.raw`^(?:async )?def test_(\w+)\([^]*?-> None:\n {4}${CLAIM.source}`,
  "mu",
);
const MODULE = new RegExp(`^()${CLAIM.source}`, "u");

/**
 * A claim is a test's, or, in the first line of a file, that of all its tests.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Claim[]}
 */
export function claimsIn(file, text) {
  return [MODULE.exec(text), ...functionsOf(text).map((body) => TEST.exec(body))].flatMap(
    (match) => {
      const [, test = "", ids = "", doc = ""] = match ?? [];
      const says = firstParagraph(doc);
      return ids === "" ? [] : ids.split(", ").map((id) => ({ id, test, file, says }));
    },
  );
}

/** One function at a time: an expression that may run on would take the docstring of the next. @param {string} text */
function functionsOf(text) {
  return text.split(/^(?=(?:async )?def |class |@)/mu);
}

/** The first paragraph of a docstring, as Markdown. @param {string} doc */
function firstParagraph(doc) {
  const text = (doc.split("\n\n")[0] ?? "").replaceAll(/\s+/gu, " ").trim();
  const parts = text.split("``");
  return parts
    .map((part, index) =>
      index % 2 ? `\`${part}\`` : part.replaceAll(/[*_<[\]]/gu, String.raw`\$&`),
    )
    .join("");
}

/**
 * @param {readonly Claim[]} claims
 * @param {string} folder  where the tests are, as the page links to it
 */
export function claimsPage(claims, folder) {
  const areas = [...AREAS].map(([prefix, title]) => {
    const own = claims.filter(({ id }) => id.split("-")[0] === prefix).sort(byId);
    return own.length === 0
      ? ""
      : [`## ${title}`, own.map((claim) => line(claim, folder)).join("\n")].join("\n\n");
  });
  return areas.filter((area) => area !== "").join("\n\n");
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
  const name = test === "" ? "" : `${test.replaceAll("_", " ")}: `;
  const sentence = says === "" ? "" : ` ${says.charAt(0).toUpperCase()}${says.slice(1)}`;
  return `- **${id}** ${name}[${file}](${folder}/${file}).${sentence}`;
}
