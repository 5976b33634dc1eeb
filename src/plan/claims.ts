import type { Claim, Section } from "../contract/catalogue/section.js";
import type { TestClaim } from "../stacks/stack.js";

/** The promises that a project's own tests hold, by section, as Markdown; what no test holds is left out. */
export function claimsTables(sections: readonly Section[], tests: readonly TestClaim[]): string {
  const byId = new Map<string, readonly TestClaim[]>();
  for (const test of tests) byId.set(test.id, [...(byId.get(test.id) ?? []), test]);
  const tables = sections.flatMap(({ title, claims }) => {
    const rows = claims.flatMap((claim) => {
      const holding = byId.get(claim.id);
      return holding === undefined ? [] : [row(claim, holding)];
    });
    const head = [
      `### ${title}`,
      "",
      "| claim | what | asked for by | test |",
      "|---|---|---|---|",
    ];
    return rows.length === 0 ? [] : [[...head, ...rows].join("\n")];
  });
  return tables.join("\n\n");
}

function row({ id, title, sources }: Claim, tests: readonly TestClaim[]): string {
  const names = tests.map(({ test, file }) => `\`${test === "" ? file : test}\``);
  return `| ${id} | ${title} | ${sources.join(", ")} | ${[...new Set(names)].join(", ")} |`;
}
