import type { Profile } from "./check.js";
import type { Settings } from "./lab.js";

/** What the settings of a profile are made of. */
export interface Ingredients {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Fresh for every run: nobody's secrets are used. */
  readonly secretKey: string;
  readonly encryptionKeys: string;
  /** Where mail goes. */
  readonly smtpPort: number;
}

/** An origin whose pages may call the API during the run. */
export const LISTED_ORIGIN = "https://app.example.com";

/** The address that stands in links, and never comes from a request. */
export const PUBLIC_BASE_URL = "https://api.example.com";

/** So high that only a check that asks for the contract's own limits meets one. */
const NO_LIMIT = "1000000/minute";

/** The settings that a profile's servers run with: valid, and cheap where the contract allows it. */
export function settingsOf(profile: Profile, ingredients: Ingredients): Settings {
  const { databaseUrl, redisUrl, secretKey, encryptionKeys, smtpPort } = ingredients;
  const common: Settings = {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    ENCRYPTION_KEYS: encryptionKeys,
    ARGON2_MEMORY_KIB: "19456",
    ARGON2_TIME_COST: "2",
    RATE_LIMIT_AUTH: NO_LIMIT,
    RATE_LIMIT_DEFAULT: NO_LIMIT,
    CORS_ORIGINS: LISTED_ORIGIN,
    PUBLIC_BASE_URL,
    SECURITY_CONTACT: "mailto:security@example.com",
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: "api@example.com",
  };
  if (profile === "development") return { ...common, ENVIRONMENT: "development" };
  return {
    ...common,
    ENVIRONMENT: "production",
    // The proxy that speaks TLS in front of it: every client says that it came by https.
    TRUSTED_PROXIES: "127.0.0.1",
    WEB_CONCURRENCY: redisUrl === undefined ? "1" : "2",
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };
}

/** What a client sends with every request, besides what a check asks for. */
export function mannerOf(profile: Profile): Readonly<Record<string, string>> {
  return profile === "production" ? { "x-forwarded-proto": "https" } : {};
}
