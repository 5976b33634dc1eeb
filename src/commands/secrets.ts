import { createHash, randomBytes, randomInt } from "node:crypto";

import type { Secrets } from "../stacks/stack.js";

/** Fresh secrets of a project: 384 bits to derive keys from, 256 bits to encrypt with. */
export function makeSecrets(): Secrets {
  return {
    secretKey: randomBytes(48).toString("base64url"),
    encryptionKeys: `k1:${randomBytes(32).toString("base64")}`,
    databasePassword: randomBytes(24).toString("hex"),
    applicationPassword: randomBytes(24).toString("hex"),
  };
}

/** Without the characters that are read as one another. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to be typed off a screen: five groups of five, 123 bits. */
export function makePassword(): string {
  const letter = (): string => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = (): string => Array.from({ length: 5 }, letter).join("");
  return Array.from({ length: 5 }, group).join("-");
}

/** The id of a new migration. */
export function makeRevision(): string {
  return randomBytes(6).toString("hex");
}

/** Letters and digits that tell what two runs make apart. */
export function makeMark(): string {
  return randomBytes(6).toString("hex");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
