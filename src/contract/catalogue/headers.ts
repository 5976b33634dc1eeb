import type { Section } from "./section.js";

/** Claims about: headers. */
export const headers: Section = {
  name: "headers",
  title: "Headers",
  claims: [
    {
      id: "HDR-01",
      title: "Every answer carries the security headers, errors included",
      sources: ["ASVS 3.4.3", "ASVS 3.4.4", "ASVS 3.4.5", "ASVS 3.4.6"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "HDR-02",
      title: "Nothing is cached",
      sources: ["ASVS 14.3.2", "RFC 6749 5.1"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "HDR-03",
      title: "HSTS is sent over https only, and nobody can forge that",
      sources: ["ASVS 3.4.1", "RFC 6797 7.2"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "HDR-04",
      title: "Headers that browsers have dropped are not sent",
      sources: ["OWASP HTTP Headers Cheat Sheet"],
      severity: "low",
      wave: 3,
    },
    {
      id: "HDR-05",
      title: "Nothing tells what serves",
      sources: ["ASVS 13.4.6"],
      severity: "low",
      wave: 1,
    },
    {
      id: "HDR-06",
      title: "Every header stands once, and holds no line of the client's",
      sources: ["ASVS 1.2.1", "CWE-113"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "HDR-07",
      title: "Content types are exact",
      sources: ["ASVS 4.1.1"],
      severity: "low",
      wave: 2,
    },
    {
      id: "HDR-08",
      title: "Features of the browser are denied, and the documentation has a strict policy",
      sources: ["ASVS 3.4.8", "OWASP HTTP Headers Cheat Sheet"],
      severity: "low",
      wave: 2,
    },
    {
      id: "HDR-09",
      title: "Plain http is redirected only where no credential was shown",
      sources: ["ASVS 4.1.2", "CWE-319"],
      severity: "high",
      wave: 3,
    },
    {
      id: "HDR-10",
      title: "Odd methods are answered with the right `Allow`",
      sources: ["ASVS 13.4.4", "ASVS 4.1.4", "RFC 9110 15.5.6"],
      severity: "low",
      wave: 2,
    },
  ],
};
