import { randomBytes } from "node:crypto";

import type { Check } from "../../check.js";
import type { Settings } from "../../lab.js";
import { refuses } from "./refusals.js";

/** Nobody listens there, and nobody has to: it is refused before. */
const ELSEWHERE = "postgresql://app:violet-anchor-lantern@db.example.com/app";

/** All that is wrong at once, each under the name that has to be told. */
const WRONG: Settings = {
  DEBUG: "true",
  ALLOWED_HOSTS: "*",
  CORS_ORIGINS: "*",
  DATABASE_URL: "sqlite:///./var/app.db",
  REDIS_URL: "",
  WEB_CONCURRENCY: "4",
  PASSWORD_MIN_LENGTH: "8",
  ARGON2_MEMORY_KIB: "8192",
  PUBLIC_BASE_URL: "http://api.example.com",
  TRUSTED_PROXIES: "0.0.0.0/0",
};
const NAMES = Object.keys(WRONG);

/** What production must not be started with. */
export const startChecks: readonly Check[] = [
  {
    id: "CONF-01",
    needs: "inspector",
    profiles: ["production"],
    fix: "Check the secrets where settings are read, before a port is open: length, repetition, known examples, equality with another key.",
    run: async (t) => {
      const weak = [
        "",
        "changeme",
        "short-but-random-8f3a",
        "a".repeat(64),
        "change-me-".repeat(5),
      ];
      for (const value of weak) await refuses(t, { SECRET_KEY: value }, ["SECRET_KEY"]);
      const twice = randomBytes(32).toString("base64");
      const settings = { SECRET_KEY: twice, ENCRYPTION_KEYS: `k1:${twice}` };
      await refuses(t, settings, ["SECRET_KEY", "ENCRYPTION_KEYS"]);
    },
  },
  {
    id: "CONF-02",
    needs: "inspector",
    profiles: ["production"],
    fix: "Collect what is wrong with the settings before a port is open, and refuse with all of it.",
    run: async (t) => {
      await refuses(t, WRONG, NAMES);
      const known = ELSEWHERE.replace("violet-anchor-lantern", "app");
      const weak = [ELSEWHERE, `${ELSEWHERE}?sslmode=verify-ca`, `${known}?sslmode=verify-full`];
      for (const url of weak) await refuses(t, { DATABASE_URL: url }, ["DATABASE_URL"]);
    },
  },
  {
    id: "CONF-03",
    needs: "inspector",
    fix: "Make production the default of ENVIRONMENT, and refuse every value that is none of the three.",
    run: async (t) => {
      for (const name of ["prod", "Production "]) {
        await refuses(t, { ENVIRONMENT: name }, ["ENVIRONMENT"]);
      }
      // What development allows and production refuses shows which of the two it is.
      const plain = { ENVIRONMENT: undefined, CORS_ORIGINS: "http://app.example.com" };
      await refuses(t, plain, ["CORS_ORIGINS"]);
    },
  },
];
