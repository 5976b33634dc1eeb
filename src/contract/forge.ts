import { createHash, createHmac, hkdfSync, randomUUID } from "node:crypto";

const HASHES: Readonly<Record<string, string>> = {
  HS256: "sha256",
  HS384: "sha384",
  HS512: "sha512",
};
const LIFETIME_SECONDS = 900;

/** Members of a header or of claims; undefined takes one away. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Makes access tokens as somebody who knows the secret does: with nothing of the library that reads them, so
 * that it can write what no encoder would. Keys are derived as the contract says: HKDF-SHA256, no salt.
 */
export class Forger {
  readonly key: Buffer;
  readonly kid: string;
  /** What a right token of this project says in `iss` and `aud`. */
  readonly #common: Members;

  constructor(secret: string, common: Members = {}) {
    this.key = deriveKey(secret, "access-token");
    this.kid = createHash("sha256").update(this.key).digest("hex").slice(0, 16);
    this.#common = common;
  }

  header(changes: Members = {}): Members {
    return { alg: "HS256", typ: "at+jwt", kid: this.kid, ...changes };
  }

  claims(changes: Members = {}): Members {
    const now = Math.floor(Date.now() / 1000);
    return {
      ...this.#common,
      sub: randomUUID(),
      sid: randomUUID(),
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + LIFETIME_SECONDS,
      ...changes,
    };
  }

  /** Sign parts as they are; a text stands for itself, so that it may be no JSON. */
  sign(header: Members | string, claims: Members | string, key: Uint8Array = this.key): string {
    const signed = `${part(header)}.${part(claims)}`;
    const algorithm = typeof header === "string" ? "HS256" : String(header.alg);
    const hmac = createHmac(HASHES[algorithm] ?? "sha256", key);
    return `${signed}.${hmac.update(signed).digest("base64url")}`;
  }

  /** A right token but for these claims. */
  token(changes: Members = {}): string {
    return this.sign(this.header(), this.claims(changes));
  }
}

/** HKDF-SHA256 over the secret's bytes, without salt, 32 bytes out. */
export function deriveKey(secret: string, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", Buffer.from(secret), Buffer.alloc(0), info, 32));
}

/** The parts of a token; empty objects where it is none. */
export function readToken(token: string): { readonly header: unknown; readonly claims: unknown } {
  const [header = "", claims = ""] = token.split(".");
  return { header: decoded(header), claims: decoded(claims) };
}

function decoded(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return parsed;
  } catch {
    return {};
  }
}

function part(value: Members | string): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text).toString("base64url");
}
