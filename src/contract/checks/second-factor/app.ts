import { createHmac } from "node:crypto";

import type { Answer } from "../../answer.js";
import { type Trial, Unprepared } from "../../check.js";
import type { Client } from "../../client.js";
import { listAt, textAt } from "../../json.js";
import type { Account, Person } from "../../people.js";

export const PATH = "/auth/two-factor";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;

/** The bytes that a base32 text stands for. */
export function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replace(/=+$/, ""))
    .map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The code of a step (RFC 4226, 5.3), computed with nothing of the project. */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** An authenticator app, and the recovery codes on a sheet of paper beside it. */
export class App {
  readonly secret: string;
  readonly recovery: readonly string[];

  constructor(secret: string, recovery: readonly string[] = []) {
    this.secret = secret;
    this.recovery = recovery;
  }

  /** The code of now, or of a step so many before or after it. */
  code(ahead = 0): string {
    return codeOf(this.secret, Math.floor(Date.now() / 1000 / STEP_SECONDS) + ahead);
  }

  /** A code that is none of those around now. */
  wrong(): string {
    const around = [-3, -2, -1, 0, 1, 2, 3].map((ahead) => this.code(ahead));
    return (
      ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find(
        (code) => !around.includes(code),
      ) ?? ""
    );
  }
}

/** Somebody who has the second factor on. */
export interface Guarded extends Person {
  readonly app: App;
}

export async function start({ client }: Pick<Person, "client">): Promise<App> {
  const answer = await client.post(PATH);
  if (answer.status !== 200) throw new Unprepared("nobody can set up a second factor", answer);
  return new App(answer.field("secret"));
}

export function confirm(client: Client, otp: string): Promise<Answer> {
  return client.post(`${PATH}/confirm`, { otp });
}

export async function turnOn(person: Person): Promise<Guarded> {
  const { secret } = await start(person);
  const answer = await confirm(person.client, new App(secret).code());
  if (answer.status !== 200) throw new Unprepared("nobody can turn the second factor on", answer);
  const codes = listAt(answer.json, "recovery_codes").map(String);
  return { ...person, app: new App(secret, codes) };
}

export async function guarded(t: Trial): Promise<Guarded> {
  return turnOn(await t.people.signUp());
}

export function turnOff(client: Client, otp: string): Promise<Answer> {
  return client.ask(PATH, { method: "DELETE", json: { otp } });
}

/** Send a sign-in form with a code. */
export function logInWith(
  client: Client,
  { email, password }: Pick<Account, "email" | "password">,
  otp: string,
): Promise<Answer> {
  return client.ask("/auth/login", { method: "POST", form: { username: email, password, otp } });
}

/** Whether an answer is a problem of this code. */
export function isCode(wanted: string): (answer: Answer) => boolean {
  return (answer) => textAt(answer.json, "code") === wanted;
}

/** Let a code be good once more, as if half a minute had passed. */
export async function forgetSteps(t: Trial, { id }: Pick<Person, "id">): Promise<void> {
  await t.inspector.update("two_factors", { owner_id: id }, { last_step: null });
}
