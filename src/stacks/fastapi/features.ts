import { apiKeys } from "./features/api-keys.js";
import { email } from "./features/email.js";
import type { Feature } from "./features/feature.js";
import { twoFactor } from "./features/two-factor.js";
import { uploads } from "./features/uploads.js";
import { websocket } from "./features/websocket.js";

/** Every optional part there is, in the order in which their migrations follow each other. */
export const FEATURES: readonly Feature[] = [email, uploads, twoFactor, apiKeys, websocket];

/** Revision of the newest migration that every project has. */
const CORE_REVISION = "20260101_0003";

/** The optional parts that were chosen, in their own order. */
export function chosen(names: readonly string[]): readonly Feature[] {
  return FEATURES.filter(({ id }) => names.includes(id));
}

/** For each optional part the revision that its first migration follows, given which others are there. */
export function precedingRevisions(names: readonly string[]): Readonly<Record<string, string>> {
  let head = CORE_REVISION;
  const preceding: Record<string, string> = {};
  for (const { id, migrations = [] } of FEATURES) {
    preceding[camelCase(id)] = head;
    if (names.includes(id)) head = migrations.at(-1) ?? head;
  }
  return preceding;
}

/** `two-factor` as a template says it: `twoFactor`. */
export function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
