import type { Section } from "./section.js";

/** Claims about: origins and hosts. */
export const cors: Section = {
  name: "cors",
  title: "Origins and hosts",
  claims: [
    {
      id: "CORS-01",
      title: "No origin is allowed unless listed",
      sources: ["ASVS 3.4.2"],
      severity: "high",
      wave: 1,
    },
    {
      id: "CORS-02",
      title: "Look-alike origins are strangers",
      sources: ["ASVS 3.4.2", "CWE-942"],
      severity: "high",
      wave: 1,
    },
    {
      id: "CORS-03",
      title: "A listed origin is echoed exactly, with `Vary`",
      sources: ["ASVS 3.4.2", "OWASP HTML5 Security Cheat Sheet"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "CORS-04",
      title: "A preflight lists methods and headers, and echoes nothing",
      sources: ["ASVS 3.5.2"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "CORS-05",
      title: "Errors can be read by a listed origin, and by no other",
      sources: ["ASVS 3.4.2"],
      severity: "low",
      wave: 1,
    },
    {
      id: "CORS-06",
      title: "Only hosts of the list are answered, and no link repeats another",
      sources: ["API8", "RFC 9110 7.2", "CWE-644"],
      severity: "high",
      wave: 1,
    },
  ],
};
