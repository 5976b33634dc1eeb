import type { Section } from "./section.js";

/** Claims about: dependencies and builds. */
export const deps: Section = {
  name: "deps",
  title: "Dependencies and builds",
  claims: [
    {
      id: "DEPS-01",
      title: "Every package is locked with hashes",
      sources: ["ASVS 15.2.4"],
      severity: "high",
      wave: 2,
    },
    {
      id: "DEPS-02",
      title: "Nothing abandoned or known to be broken is installed",
      sources: ["ASVS 15.2.1"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DEPS-03",
      title: "The parts are listed, and static analysis finds nothing",
      sources: ["ASVS 15.1.2"],
      severity: "low",
      wave: 3,
    },
    {
      id: "DEPS-04",
      title: "Workflows are pinned and may only read",
      sources: ["ASVS 15.2.4"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DEPS-05",
      title: "What is declared is used, and what is used is declared",
      sources: ["ASVS 15.2.4", "ASVS 15.2.3"],
      severity: "low",
      wave: 1,
    },
  ],
};
