import type { Section } from "./section.js";

/** Claims about: the second factor, of projects with the feature `two-factor`. */
export const secondFactor: Section = {
  name: "second-factor",
  title: "Second factor",
  claims: [
    {
      id: "TFA-01",
      title:
        "A secret of 160 random bits is asked for once a code of it has come back from the app",
      sources: ["ASVS 6.5.3", "RFC 4226 4"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "TFA-02",
      title: "The password alone opens nothing, and only the right one is asked for a code",
      sources: ["ASVS 6.3.3", "ASVS 6.3.4", "ASVS 6.3.8"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-03",
      title: "A code is good once, for twenty parallel sign-ins too, and no older one after it",
      sources: ["ASVS 6.5.1", "ASVS 15.4.2", "RFC 6238 5.2"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-04",
      title: "A code is good in its half minute and the one on either side",
      sources: ["ASVS 6.5.5", "ASVS 6.5.8", "RFC 6238 5.2", "RFC 4226 5.3"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "TFA-05",
      title:
        "Wrong codes count and make the next wait, and proving the password does not clear that",
      sources: ["ASVS 6.3.1", "API2", "NIST SP 800-63B-4 3.2.2"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-06",
      title: "Ten recovery codes of 120 bits are stored as hashes, and each is good once",
      sources: ["ASVS 6.5.1", "ASVS 6.5.2", "ASVS 6.5.4", "ASVS 15.4.2"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-07",
      title: "The secret is stored encrypted, opens in its own row only, and keys rotate under it",
      sources: ["ASVS 11.3.3", "ASVS 13.3.1"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-08",
      title: "Turning it on or off takes a recent sign-in and a code, and ends every other session",
      sources: ["ASVS 7.5.1", "ASVS 7.4.3"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-09",
      title: "With it on, what a thief would do first takes a recent sign-in with both factors",
      sources: ["ASVS 7.5.1", "ASVS 7.5.3"],
      severity: "high",
      wave: 2,
    },
    {
      id: "TFA-10",
      title: "An operator helps whoever lost the app, on record, and every session ends",
      sources: ["ASVS 6.5.6", "ASVS 16.3.3"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "TFA-11",
      title:
        "Neither secret nor code is in a log, an audit row or an export, and all goes with the account",
      sources: ["ASVS 16.2.5", "ASVS 14.2.6"],
      severity: "high",
      wave: 2,
    },
  ],
};
