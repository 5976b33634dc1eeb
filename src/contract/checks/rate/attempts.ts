import { randomInt } from "node:crypto";

import type { Answer } from "../../answer.js";
import type { Trial } from "../../check.js";
import type { Client } from "../../client.js";
import type { Instance, Settings } from "../../lab.js";
import { every, hasStatus, inTurn, isProblem } from "../support/observe.js";

/** The contract's own limits instead of none. */
export const DEFAULTS: Settings = {
  RATE_LIMIT_AUTH: "",
  RATE_LIMIT_DEFAULT: "",
  TRUSTED_PROXIES: "127.0.0.1",
};
export const SIGN_INS_A_MINUTE = 10;
/** A limit that is reached before a slow machine lets its window pass. */
export const FEW = 3;
export const FEW_A_MINUTE: Settings = { ...DEFAULTS, RATE_LIMIT_AUTH: `${FEW}/minute` };
/** An address that no other run has used: counts are kept in a store that outlives a server. */
export function address(): string {
  return `203.0.${randomInt(1, 255)}.${randomInt(1, 255)}`;
}

export function from(client: Client, forwarded: string): Client {
  return client.with({ "x-forwarded-for": forwarded });
}

/** A sign-in as nobody in particular, so that no account's own wait is met. */
export function attempt(t: Trial, client: Client, number = 0): Promise<Answer> {
  const form = {
    username: `${t.people.invent().username}${number}`,
    password: "violet anchor meadow",
  };
  return client.ask("/auth/login", { method: "POST", form });
}

export function attempts(t: Trial, client: Client, count: number): Promise<readonly Answer[]> {
  return inTurn(
    Array.from({ length: count }, (_, number) => number),
    (number) => attempt(t, client, number),
  );
}

export function limited(t: Trial): Promise<Instance> {
  return t.lab.server({ settings: DEFAULTS });
}

/** Refused for its number, with the time to wait. */
export const isLimited = (answer: Answer): boolean => {
  const wait = answer.header("retry-after") ?? "";
  return hasStatus(429)(answer) && isProblem(answer) && /^[1-9]\d*$/.test(wait);
};

/** All of them were refused for their number. */
export function areLimited(t: Trial, claim: string, answers: readonly Answer[]): void {
  const expected = "429, a problem, and Retry-After";
  every(t, { claim, expected }, { answers, isRight: isLimited });
}
