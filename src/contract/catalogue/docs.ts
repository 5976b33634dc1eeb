import type { Section } from "./section.js";

/** Claims about: documentation. */
export const docs: Section = {
  name: "docs",
  title: "Documentation",
  claims: [
    {
      id: "DOCS-01",
      title: "Production shows no documentation unless told to, and then to administrators",
      sources: ["ASVS 13.4.5", "API9"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "DOCS-02",
      title: "The documentation loads nothing from elsewhere",
      sources: ["ASVS 3.6.1"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DOCS-03",
      title: "The specification tells who may call and what may be refused",
      sources: ["API9"],
      severity: "low",
      wave: 2,
    },
    {
      id: "DOCS-04",
      title: "`security.txt` says whom to tell",
      sources: ["RFC 9116"],
      severity: "low",
      wave: 3,
    },
  ],
};
