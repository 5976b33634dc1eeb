import type { Section } from "./section.js";

/** Claims about: errors. */
export const errors: Section = {
  name: "errors",
  title: "Errors",
  claims: [
    {
      id: "ERR-01",
      title: "A bug or a broken database tells nothing",
      sources: ["ASVS 16.5.1", "ASVS 16.5.4"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "ERR-02",
      title: "No answer repeats a password",
      sources: ["ASVS 14.2.6", "CWE-209"],
      severity: "high",
      wave: 1,
    },
    {
      id: "ERR-03",
      title: "Every error has one shape",
      sources: ["RFC 9457", "API8"],
      severity: "low",
      wave: 1,
    },
    {
      id: "ERR-04",
      title: "What is echoed is bounded",
      sources: ["ASVS 1.2.1"],
      severity: "low",
      wave: 2,
    },
    {
      id: "ERR-05",
      title: "Conflicts in the database are refusals, not bugs",
      sources: ["ASVS 16.5.1"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "ERR-06",
      title: "After failures the next request works",
      sources: ["ASVS 16.5.3"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "ERR-07",
      title: "Liveness needs no database, readiness does, and neither tells why",
      sources: ["ASVS 13.4.5"],
      severity: "low",
      wave: 3,
    },
  ],
};
