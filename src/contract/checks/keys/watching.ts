import { setTimeout as sleep } from "node:timers/promises";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { listAt, textAt } from "../../json.js";
import type { Instance } from "../../lab.js";
import { address, DEFAULTS, from } from "../rate/attempts.js";
import { auditRows } from "../steps.js";
import { every, hasStatus } from "../support/observe.js";
import { codeIn, FEATURE, madeUp, newKey, PATH, program } from "./support.js";

const SIGNED_IN_A_MINUTE = 300;
const ANONYMOUS_A_MINUTE = 60;

/** A server that asks for TLS, as the production profile's own does. */
function plainHttp(t: Trial): Promise<Instance> {
  if (t.profile === "production") return Promise.resolve(t.instance);
  return t.lab.server({ settings: { FORCE_HTTPS: "true", TRUSTED_PROXIES: "127.0.0.1" } });
}

/** Ask so often at once that no window slides on meanwhile. */
async function many(count: number, once: () => Promise<Answer>): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < count) {
    answers.push(...(await Promise.all(Array.from({ length: 30 }, once))));
  }
  return answers;
}

/** What is counted, noted and logged of keys. */
export const watchingChecks: readonly Check[] = [
  {
    id: "KEY-15",
    ...FEATURE,
    fix: "Count a good key under its owner, and a wrong one under the address.",
    run: async (t) => {
      const person = await t.people.signUp();
      const first = await newKey(person);
      const keys = [first, await newKey(person), await newKey(person)];
      const client = from(t.clientOf(await t.lab.server({ settings: DEFAULTS })), address());
      const programs = keys.map(({ text }) => program(t, text, client));
      let turn = 0;
      const next = async (): Promise<Answer> => {
        turn += 1;
        const one = programs[turn % programs.length] ?? client;
        return one.get("/users/me");
      };
      const answers = await many(SIGNED_IN_A_MINUTE + 60, next);
      const allowed = answers.filter(({ status }) => status === 200).length;
      t.holds("three keys of a user count as one", allowed <= SIGNED_IN_A_MINUTE + 60 - 1, {
        expected: `at most about ${SIGNED_IN_A_MINUTE} a minute`,
        observed: `${allowed} of ${answers.length} were answered`,
      });
      const guessing = program(t, madeUp(first), client);
      const guesses = await many(ANONYMOUS_A_MINUTE + 30, () => guessing.get("/users/me"));
      const claim = "guesses are refused";
      every(
        t,
        { claim, expected: "401 or 429" },
        { answers: guesses, isRight: hasStatus(401, 429) },
      );
      const waits = guesses.filter(({ status }) => status === 429).length;
      t.equal("and counted by address", waits > 0, true);
    },
  },
  {
    id: "KEY-16",
    ...FEATURE,
    fix: "Note the use of a key, at most once a minute, outside the request.",
    run: async (t) => {
      const person = await t.people.signUp();
      const key = await newKey(person);
      const lastUse = async (): Promise<string> =>
        textAt(listAt((await person.client.get(PATH)).json, "items")[0], "last_used_at");
      t.equal("a key that was not used says so", await lastUse(), "");
      t.status(await program(t, key.text).get("/users/me"), 200, "it is used");
      for (let count = 0; count < 100 && (await lastUse()) === ""; count += 1) await sleep(50);
      const age = Date.now() - Date.parse(await lastUse());
      t.equal("its owner sees when", age < 120_000, true);
    },
  },
  {
    id: "KEY-17",
    ...FEATURE,
    fix: "Let the redaction know keys by their prefix.",
    run: async (t) => {
      const person = await t.people.signUp();
      const { text, hint } = await newKey(person);
      const client = program(t, text);
      await client.get(`/users/me?api_key=${text}`);
      await client.get(`/nothing/${text}`);
      await t.http.post("/auth/register", { key: text });
      const hidden = text.slice(hint.length, -6);
      t.equal("requests are logged", t.instance.log().includes("/nothing/"), true);
      t.equal("and no key", t.instance.log().includes(hidden), false);
      t.equal("nor does the database hold it", (await t.inspector.dump()).includes(hidden), false);
    },
  },
  {
    id: "KEY-18",
    ...FEATURE,
    fix: "Refuse what comes without TLS before anything else, and record that a key was sent.",
    run: async (t) => {
      const key = await newKey(await t.people.signUp());
      const server = await plainHttp(t);
      const before = (await auditRows(t, "token_in_clear")).length;
      // One event for each address and window: nobody else has this one.
      const plain = from(t.clientOf(server), address()).with({ "x-forwarded-proto": undefined });
      const answer = await program(t, key.text, plain).get("/users/me");
      t.equal(
        "over plain http it is refused",
        [answer.status, codeIn(answer)],
        [403, "https_required"],
      );
      const rows = await auditRows(t, "token_in_clear");
      t.equal("which is on record", rows.length > before, true);
    },
  },
];
