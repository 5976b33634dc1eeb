import type { Section } from "./section.js";

/** Claims about: rate limits. */
export const rate: Section = {
  name: "rate",
  title: "Rate limits",
  claims: [
    {
      id: "RATE-01",
      title: "Limits are on in a fresh project, with `Retry-After`",
      sources: ["API4", "RFC 6585", "ASVS 2.4.1"],
      severity: "high",
      wave: 1,
    },
    {
      id: "RATE-02",
      title: "Headers of the client do not change who is counted",
      sources: ["ASVS 4.1.3", "ASVS 15.3.4"],
      severity: "high",
      wave: 1,
    },
    {
      id: "RATE-03",
      title: "Registration and refresh are limited too, an account also across addresses",
      sources: ["API6", "OWASP Credential Stuffing Prevention Cheat Sheet"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "RATE-04",
      title: "Behind a trusted proxy the client is the right-most address that is no proxy",
      sources: ["ASVS 15.3.4"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "RATE-05",
      title: "Workers share one count",
      sources: ["API4", "ASVS 2.4.1"],
      severity: "high",
      wave: 1,
    },
    {
      id: "RATE-06",
      title: "Without the shared count nobody signs in, and reading goes on",
      sources: ["ASVS 16.5.2", "ASVS 16.5.3"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "RATE-07",
      title: "A refusal is cheap: no hash, no row",
      sources: ["API4", "ASVS 15.2.2"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "RATE-08",
      title: "Nobody can keep the owner out",
      sources: ["ASVS 6.1.1", "CWE-645"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "RATE-09",
      title: "A user's rows and uploads have a quota",
      sources: ["ASVS 5.2.4", "ASVS 2.1.3"],
      severity: "medium",
      wave: 3,
    },
  ],
};
