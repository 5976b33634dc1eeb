import type { Section } from "./section.js";

/** Claims about: logs and audit. */
export const logs: Section = {
  name: "logs",
  title: "Logs and audit",
  claims: [
    {
      id: "LOG-01",
      title: "No secret is in any log",
      sources: ["ASVS 16.2.5", "CWE-532"],
      severity: "high",
      wave: 1,
    },
    {
      id: "LOG-02",
      title: "Security events leave an audit row, also when the request failed",
      sources: ["ASVS 16.3.1", "ASVS 16.3.2", "ASVS 16.3.3", "ASVS 16.2.1"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "LOG-03",
      title: "One event is one line, whatever it holds",
      sources: ["ASVS 16.4.1", "CWE-117"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "LOG-04",
      title: "Changed, removed, swapped and inserted audit rows are found",
      sources: ["ASVS 16.4.2"],
      severity: "high",
      wave: 1,
    },
    {
      id: "LOG-05",
      title: "Parallel events make one chain",
      sources: ["ASVS 15.4.2"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "LOG-06",
      title: "The database refuses to change an audit row",
      sources: ["ASVS 16.4.2"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "LOG-07",
      title: "A request id is a UUID, or replaced",
      sources: ["ASVS 16.4.1", "ASVS 16.2.4"],
      severity: "low",
      wave: 2,
    },
    {
      id: "LOG-08",
      title: "What cannot be recorded does not happen",
      sources: ["ASVS 16.5.3"],
      severity: "medium",
      wave: 3,
    },
  ],
};
