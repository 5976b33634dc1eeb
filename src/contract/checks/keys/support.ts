import { crc32 } from "node:zlib";

import type { Answer } from "../../answer.js";
import { type Trial, Unprepared } from "../../check.js";
import type { Client } from "../../client.js";
import { entriesOf, listAt, member } from "../../json.js";
import type { Person } from "../../people.js";
import { bodySchema, isProtected, type Operation } from "../../surface.js";

export const FEATURE = { feature: "api-keys", needs: "inspector" } as const;
export const PATH = "/api-keys";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM_CHARACTERS = 6;

/** A key of somebody's, as it was shown once. */
export interface Key {
  readonly id: string;
  readonly text: string;
  readonly hint: string;
}

export function create(
  { client }: Pick<Person, "client">,
  scopes: readonly string[] = ["read", "write"],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  return client.post(PATH, { name: "backup", scopes, ...more });
}

export async function newKey(
  person: Pick<Person, "client">,
  scopes?: readonly string[],
): Promise<Key> {
  const answer = await create(person, scopes);
  if (answer.status !== 201) throw new Unprepared("no key can be made", answer);
  return { id: answer.field("id"), text: answer.field("key"), hint: answer.field("hint") };
}

/** A program that shows the key and nothing else. */
export function program(t: Trial, key: string, client: Client = t.http): Client {
  return client.with({ authorization: undefined, "x-api-key": key });
}

/** A key of the right form that nobody was given: the same beginning, other signs, a right checksum. */
export function madeUp({ text, hint }: Key): string {
  const prefix = hint.slice(0, -4);
  const secret = text.slice(prefix.length, -CHECKSUM_CHARACTERS);
  const other = Array.from(secret).reverse().join("");
  return `${prefix}${other}${checksum(`${prefix}${other}`)}`;
}

/** CRC-32 in base 62, as the project's documents tell scanners. */
export function checksum(text: string): string {
  let [rest, digits] = [crc32(text), ""];
  for (let count = 0; count < CHECKSUM_CHARACTERS; count += 1) {
    digits = `${DIGITS[rest % DIGITS.length] ?? ""}${digits}`;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}

/** The scopes that the document asks a key for; undefined where it names no key. */
export function scopesOf({ details }: Operation): readonly string[] | undefined {
  const ways = listAt(details, "security").flatMap(entriesOf);
  const way = ways.find(([name]) => /key/i.test(name));
  return way === undefined ? undefined : listAt(way, 1).map(String);
}

/** What needs somebody who is known. */
export function closed(t: Trial): readonly Operation[] {
  return t.surface.operations.filter(isProtected);
}

/** Ask for an operation with ids of nobody's, and nothing in the body. */
export function ask(client: Client, { method, path, details }: Operation): Promise<Answer> {
  const target = path.replaceAll(/\{[^}]+\}/g, "01890000-0000-7000-8000-000000000000");
  // Without a body, its missing type would be told before who may not send one.
  const json = bodySchema(details) === undefined ? {} : { json: {} };
  return client.send(target, { method, ...json });
}

/** The code of a problem. */
export function codeIn(answer: Answer): unknown {
  return member(answer.json, "code");
}
