import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Client } from "../../client.js";
import type { Ending, Instance } from "../../lab.js";
import type { Person } from "../../people.js";
import { readToken } from "../../forge.js";
import { textAt } from "../../json.js";

const PHONE = "+4930123456789";
const PATIENCE_MILLISECONDS = 5000;

function newKey(): string {
  return randomBytes(32).toString("base64");
}

/** What becomes of somebody's access token at another server of the same database. */
async function at({ client }: Person, server: Instance): Promise<number> {
  return (await client.at(server.endpoint).get("/users/me")).status;
}

/** Ask until it is so: a server may answer for a moment what it found when it last looked. */
async function readiness(client: Client, wanted: number): Promise<Answer> {
  const until = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const answer = await client.send("/health/ready");
    if (answer.status === wanted || performance.now() > until) return answer;
    await sleep(100);
  }
}

async function storedPhone(t: Trial, { email }: Person): Promise<string> {
  const [row] = await t.inspector.rows("users", { email });
  return String(row?.phone);
}

/** What signs and encrypts from now on, beside what did so before. */
interface Keys {
  readonly SECRET_KEY: string;
  readonly previous: string;
  readonly next: string;
  readonly earlier: string;
}

/** What was begun under the earlier key goes on under the new one. */
async function goesOn(t: Trial, settings: Trial["lab"]["settings"]): Promise<void> {
  const person = await t.people.signUp();
  await t.people.signIn(person);
  const wrong = { ...person, password: "not the right words at all" };
  for (let count = 0; count < 5; count += 1) await t.people.logIn(wrong, t.people.browser());
  const list = "/auth/sessions?limit=1";
  const cursor = (await person.client.get(list)).field("next_cursor");
  const server = await t.lab.server({ settings, ownServer: true });
  const there = person.client.at(server.endpoint);
  const waiting = await t.people.logIn(person, t.clientOf(server).fresh());
  t.status(waiting, 429, "who has to wait goes on waiting");
  const known = await t.people.logIn(person, there.with({ authorization: undefined }));
  t.status(known, 200, "a browser that is known stays so");
  t.status(await there.get(`${list}&cursor=${cursor}`), 200, "a list is read on");
}

/** New keys sign and encrypt; those that were in use before still verify and decrypt. */
async function bothWork(t: Trial, person: Person, keys: Keys): Promise<void> {
  const { SECRET_KEY, previous, next, earlier } = keys;
  const settings = { SECRET_KEY, SECRET_KEY_PREVIOUS: previous };
  const server = await t.lab.server({
    settings: { ...settings, ENCRYPTION_KEYS: `${next},${earlier}` },
    ownServer: true,
  });
  const answer = await person.client.at(server.endpoint).get("/users/me");
  t.status(answer, 200, "nobody is signed out by a new key");
  t.equal("what was encrypted before is read", answer.field("phone"), PHONE);
  const again = await t.peopleOf(server).signIn(person);
  const kid = (token: string): string => textAt(readToken(token).header, "kid");
  t.equal("new tokens are signed by it", kid(again.accessToken) !== kid(person.accessToken), true);
}

/** Once everything is encrypted anew, the earlier keys may go. */
async function newOneIsEnough(t: Trial, person: Person, keys: Keys): Promise<void> {
  const { SECRET_KEY, next, earlier } = keys;
  const rotate = (list: string): Promise<Ending> =>
    t.lab.cli(["keys", "rotate"], { settings: { ENCRYPTION_KEYS: list } });
  const rotated = await rotate(`${next},${earlier}`);
  try {
    t.equal("everything can be encrypted anew", rotated.exitCode, 0);
    t.equal("with the new key", (await storedPhone(t, person)).split(".")[1], "next");
    const settings = { SECRET_KEY, ENCRYPTION_KEYS: next };
    const server = await t.lab.server({ settings, ownServer: true });
    t.equal("tokens of a key that is gone are dead", await at(person, server), 401);
    const { client } = await t.peopleOf(server).signIn(person);
    const phone = (await client.get("/users/me")).field("phone");
    t.equal("what is encrypted needs the earlier key no more", phone, PHONE);
  } finally {
    await rotate(`${earlier},${next}`);
  }
}

/** What settings and migrations bring about. */
export const effectChecks: readonly Check[] = [
  {
    id: "CONF-05",
    isAlone: true,
    needs: "inspector",
    profiles: ["development"],
    fix: "Read the settings file where settings are read, below the environment.",
    run: async (t) => {
      const { workspace } = t.lab;
      const person = await t.people.signUp();
      await workspace.write(".env", `SECRET_KEY=${newKey()}\n`);
      try {
        const settings = { SECRET_KEY: undefined };
        const server = await t.lab.server({ settings, ownServer: true });
        t.equal("tokens of another key are dead", await at(person, server), 401);
        const again = await t.peopleOf(server).signIn(person);
        t.equal("the key of the file signs", await at(again, server), 200);
      } finally {
        await workspace.remove(".env");
      }
    },
  },
  {
    id: "CONF-06",
    needs: "inspector",
    fix: "Name the key in every token and ciphertext, and keep earlier keys for reading.",
    run: async (t) => {
      const { SECRET_KEY: previous = "", ENCRYPTION_KEYS: earlier = "" } = t.lab.settings;
      const keys = { SECRET_KEY: newKey(), previous, next: `next:${newKey()}`, earlier };
      const person = await t.people.signUp();
      await person.client.patch("/users/me", { phone: PHONE });
      await bothWork(t, person, keys);
      await goesOn(t, { SECRET_KEY: keys.SECRET_KEY, SECRET_KEY_PREVIOUS: previous });
      await newOneIsEnough(t, person, keys);
    },
  },
  {
    id: "CONF-07",
    needs: "inspector",
    fix: "Write the migration that makes the models what they are, and what takes it back.",
    run: async (t) => {
      const settings = { DATABASE_URL: await t.lab.emptyDatabase() };
      const compared = await t.lab.migration("unchanged");
      t.holds("the migrations make the models", compared.exitCode === 0, {
        expected: "no difference",
        observed: compared.output.slice(-500),
      });
      const server = await t.lab.server({ settings, ownServer: true });
      const ready = await t.clientOf(server).send("/health/ready");
      t.status(ready, 503, "on a database that is not migrated the server is not ready");
      for (const work of ["newest", "oldest"] as const) {
        const { exitCode, output } = await t.lab.migration(work, { settings });
        t.holds(`they can be run: ${work}`, exitCode === 0, {
          ...{ expected: "exit code 0", observed: output.slice(-500) },
        });
        const wanted = work === "newest" ? 200 : 503;
        const now = await readiness(t.clientOf(server), wanted);
        t.status(now, wanted, "the server is ready once they have all run");
      }
      // The tool's own note of where it stands may stay.
      const left = (await server.inspector.tables()).filter((name) => !name.endsWith("_version"));
      t.equal("taken back, they leave no table", left, []);
    },
  },
];
