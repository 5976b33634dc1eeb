import type { Section } from "./section.js";

/** Claims about: stored data. */
export const data: Section = {
  name: "data",
  title: "Stored data",
  claims: [
    {
      id: "DATA-01",
      title: "Encrypted columns hold no plain text, and tampering is found",
      sources: ["ASVS 11.3.2", "ASVS 11.3.3"],
      severity: "high",
      wave: 1,
    },
    {
      id: "DATA-02",
      title: "An encrypted value opens in its own row and column only",
      sources: ["ASVS 11.3.3"],
      severity: "high",
      wave: 2,
    },
    {
      id: "DATA-03",
      title: "Keys of different purposes differ",
      sources: ["ASVS 11.1.1"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DATA-04",
      title: "Equality of encrypted values is found through a keyed index only",
      sources: ["ASVS 11.3.2"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DATA-05",
      title: "Deletion leaves pseudonymous audit rows",
      sources: ["ASVS 14.2.7"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "DATA-06",
      title: "What was answered is committed",
      sources: ["ASVS 2.3.3"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "DATA-07",
      title: "Of two changes to one version the second is refused",
      sources: ["ASVS 15.4.2", "RFC 9110 13.1.1"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "DATA-08",
      title: "The connection to the database checks the name of the server",
      sources: ["ASVS 12.3.1", "ASVS 12.3.2"],
      severity: "high",
      wave: 3,
    },
    {
      id: "DATA-09",
      title: "A request that is sent again with its key happens once",
      sources: ["ASVS 2.3.3", "ASVS 15.4.2", "RFC 9110 9.2.2"],
      severity: "medium",
      wave: 3,
    },
  ],
};
