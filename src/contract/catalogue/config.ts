import type { Section } from "./section.js";

/** Claims about: configuration. */
export const config: Section = {
  name: "config",
  title: "Configuration",
  claims: [
    {
      id: "CONF-01",
      title: "Weak secrets are refused, by name and never by value",
      sources: ["ASVS 13.3.1", "RFC 7518 3.2", "RFC 8725 3.5"],
      severity: "high",
      wave: 1,
    },
    {
      id: "CONF-02",
      title: "Everything else that production must not have is refused, all at once",
      sources: ["ASVS 13.4.2", "ASVS 12.3.2"],
      severity: "high",
      wave: 1,
    },
    {
      id: "CONF-03",
      title: "A misspelt or missing environment is never development",
      sources: ["ASVS 13.4.2"],
      severity: "high",
      wave: 1,
    },
    {
      id: "CONF-04",
      title: "Secrets are made per project, and stay out of the repository and the image",
      sources: ["ASVS 13.3.1", "ASVS 13.4.1"],
      severity: "high",
      wave: 2,
    },
    {
      id: "CONF-05",
      title: "The settings file takes effect",
      sources: ["ASVS 13.3.1"],
      severity: "medium",
      wave: 1,
    },
    {
      id: "CONF-06",
      title: "Keys rotate without signing anybody out or losing data",
      sources: ["ASVS 13.3.4", "ASVS 11.2.2"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "CONF-07",
      title: "Migrations make exactly the models, and can be taken back",
      sources: ["ASVS 13.2.2"],
      severity: "medium",
      wave: 2,
    },
    {
      id: "CONF-08",
      title: "The image runs without rights and holds nothing else",
      sources: ["ASVS 13.4.1", "ASVS 15.2.3"],
      severity: "medium",
      wave: 3,
    },
    {
      id: "CONF-09",
      title: "No other file is served",
      sources: ["ASVS 13.4.5"],
      severity: "medium",
      wave: 3,
    },
  ],
};
