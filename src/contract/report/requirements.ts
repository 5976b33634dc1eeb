import { MARKS, type Outcomes } from "./claims.js";
import { escaped } from "./facts.js";

/** The chapters of the OWASP ASVS 5.0.0. */
const CHAPTERS: readonly string[] = [
  ...["Encoding and Sanitization", "Validation and Business Logic", "Web Frontend Security"],
  ...["API and Web Service", "File Handling", "Authentication", "Session Management"],
  ...["Authorization", "Self-contained Tokens", "OAuth and OIDC", "Cryptography"],
  ...["Secure Communication", "Configuration", "Data Protection"],
  ...["Secure Coding and Architecture", "Security Logging and Error Handling", "WebRTC"],
];
const ASVS = /^ASVS (\d+)(\.\d+)*$/;

/** Which requirement was looked at by what, and with which result: by chapter of the ASVS, then the rest. */
export function requirementsHtml(all: readonly Outcomes[]): string {
  const sources = [...new Set(all.flatMap(({ claim }) => claim.sources))].toSorted((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const chapters = CHAPTERS.map((title, index) => {
    const own = sources.filter((source) => Number(ASVS.exec(source)?.[1]) === index + 1);
    return table(`V${index + 1} ${title}`, own, all);
  });
  const others = sources.filter((source) => !ASVS.test(source));
  return [
    '<section id="requirements"><h2>By requirement <small>OWASP ASVS 5.0.0 and other sources</small></h2>',
    ...chapters,
    table("Other sources", others, all),
    "</section>",
  ].join("\n");
}

function table(title: string, sources: readonly string[], all: readonly Outcomes[]): string {
  if (sources.length === 0) return "";
  const rows = sources.map((source) => {
    const links = all
      .filter(({ claim }) => claim.sources.includes(source))
      .map(({ claim: { id }, outcome }) => {
        return `<a class="chip ${outcome}" href="#${id}">${MARKS[outcome]} ${id}</a>`;
      });
    const name = source.replace(/^ASVS /, "");
    return `<tr><td>${escaped(name)}</td><td>${links.join(" ")}</td></tr>`;
  });
  const head = "<tr><th>Requirement</th><th>Looked at by</th></tr>";
  return `<h3>${escaped(title)}</h3><table>${head}${rows.join("")}</table>`;
}
