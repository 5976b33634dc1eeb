import type { Section } from "./section.js";

/** Claims about: exhaustion. */
export const dos: Section = {
  name: "dos",
  title: "Exhaustion",
  claims: [
    {
      id: "DOS-01",
      title: "Bodies are bounded before they are read",
      sources: ["API4", "ASVS 4.2.1", "CWE-444"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "DOS-02",
      title: "Headers and bodies that drip are cut off",
      sources: ["API4", "ASVS 15.2.2"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DOS-03",
      title: "Fifty parallel sign-ins leave the server responsive",
      sources: ["ASVS 15.2.2", "API4"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "DOS-04",
      title: "A megabyte of password costs nothing",
      sources: ["OWASP Authentication Cheat Sheet", "API4"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "DOS-05",
      title: "Headers and addresses are bounded",
      sources: ["RFC 6585", "API4"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "DOS-06",
      title: "Clients that hang up leak no connection",
      sources: ["ASVS 13.1.2"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "DOS-07",
      title: "Statements and locks have time limits",
      sources: ["ASVS 13.1.3", "ASVS 13.2.6"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DOS-08",
      title: "Nothing is compressed, and nothing compressed is read",
      sources: ["CWE-409", "CVE-2013-3587"],
      severity: "medium",
      wave: 3,
    },
  ],
};
