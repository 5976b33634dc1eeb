import type { Check } from "../../check.js";
import { comparable } from "../../trial.js";
import { ageSessions, auditRows } from "../steps.js";
import { every, hasStatus } from "../support/observe.js";
import { idsIn } from "../support/owned.js";
import { checksum, create, FEATURE, newKey, PATH, program } from "./support.js";

const DAY = 24 * 60 * 60 * 1000;
const HASH = "Show the key in the answer that makes it, and store its hash.";

function inDays(days: number): { readonly expires_at: string } {
  return { expires_at: new Date(Date.now() + days * DAY).toISOString() };
}

/** How keys are made, kept and revoked. */
export const makingChecks: readonly Check[] = [
  {
    id: "KEY-01",
    ...FEATURE,
    fix: HASH,
    run: async (t) => {
      const person = await t.people.signUp();
      const made = t.status(await create(person), 201, "a key is made");
      t.equal("no cache keeps it", made.header("cache-control"), "no-store");
      const [text, hint] = [made.field("key"), made.field("hint")];
      const hidden = text.slice(hint.length);
      const shown = [await person.client.get(PATH), await person.client.get("/users/me/export")];
      t.equal("it is listed", idsIn(shown[0] ?? made).includes(made.field("id")), true);
      t.equal(
        "and shown no more",
        shown.some((one) => one.text.includes(hidden)),
        false,
      );
      t.equal("nor stored in clear", (await t.inspector.dump()).includes(hidden), false);
    },
  },
  {
    id: "KEY-02",
    ...FEATURE,
    fix: "Make a key of a prefix, 43 random letters and digits, and a checksum that is compared first.",
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true });
      const person = await t.peopleOf(server).signUp();
      const keys = [];
      for (let count = 0; count < 10; count += 1) keys.push(await newKey(person));
      const form = /^[a-z][\w]*_key_[0-9A-Za-z]{49}$/;
      const odd = keys.filter(({ text }) => !form.test(text));
      t.equal("a key is 43 letters and digits behind a prefix, and a checksum", odd.length, 0);
      t.equal("no two are equal", new Set(keys.map(({ text }) => text)).size, keys.length);
      const sums = keys.filter(({ text }) => checksum(text.slice(0, -6)) !== text.slice(-6));
      t.equal("the checksum is the one that scanners are told", sums.length, 0);
      const [key] = keys;
      if (key === undefined) return;
      const mistyped = `${key.text.slice(0, -1)}${key.text.endsWith("0") ? "1" : "0"}`;
      await server.inspector.rename("api_keys", "api_keys_away");
      const client = t.clientOf(server);
      const checked = await program(t, mistyped, client).get("/users/me");
      const asked = await program(t, key.text, client).get("/users/me");
      await server.inspector.rename("api_keys_away", "api_keys");
      t.status(asked, [500, 503], "for a key of the right form the database is asked");
      t.status(checked, 401, "for a mistyped one it is not");
    },
  },
  {
    id: "KEY-03",
    ...FEATURE,
    fix: "Ask for a sign-in of the last ten minutes.",
    run: async (t) => {
      const person = await t.people.signUp();
      await ageSessions(t, person, 11 * 60);
      const answer = t.status(await create(person), 403, "an old sign-in makes no key");
      t.equal("and is told why", answer.field("code"), "reauthentication_required");
      const rows = await t.inspector.rows("api_keys", { owner_id: person.id });
      t.equal("none was made", rows.length, 0);
    },
  },
  {
    id: "KEY-04",
    ...FEATURE,
    fix: "Give every key an end, the operator's at the latest.",
    run: async (t) => {
      const person = await t.people.signUp();
      const read = ["read"];
      const made = t.status(await create(person, read), 201, "a key may name no end");
      const days = (Date.parse(made.field("expires_at")) - Date.now()) / DAY;
      t.equal("and has one within a year", days > 0 && days < 366, true);
      for (const when of [-1, 0, 367, 2_000_000]) {
        const answer = await create(person, read, inDays(when));
        t.status(answer, 422, `no key ends in ${when} days`);
      }
      const server = await t.lab.server({ settings: { API_KEY_MAX_DAYS: "30" } });
      const client = person.client.at(server.endpoint);
      t.status(await create({ client }, read, inDays(31)), 422, "an operator sets the bound");
      const short = await create({ client }, read);
      const left = (Date.parse(short.field("expires_at")) - Date.now()) / DAY;
      t.equal("also of those that name no end", left < 30.1, true);
    },
  },
  {
    id: "KEY-05",
    ...FEATURE,
    fix: "Count keys with the owner's row locked.",
    run: async (t) => {
      const server = await t.lab.server({ settings: { MAX_API_KEYS_PER_USER: "3" } });
      const person = await t.peopleOf(server).signUp();
      const asks = Array.from({ length: 6 }, () => create(person));
      const answers = await Promise.all(asks);
      const isRight = hasStatus(201, 409, 503);
      const claim = "six at once are all answered";
      every(t, { claim, expected: "201, 409 or 503" }, { answers, isRight });
      const rows = await t.inspector.rows("api_keys", { owner_id: person.id });
      t.equal("and no more than three are made", rows.length <= 3, true);
      const [first] = rows;
      t.status(await person.client.delete(`${PATH}/${String(first?.id)}`), 204, "one may go");
      t.status(await create(person), 201, "to make place for another");
    },
  },
  {
    id: "KEY-06",
    ...FEATURE,
    fix: "Find a key by its id and its owner's, in one statement.",
    run: async (t) => {
      const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
      const key = await newKey(owner);
      const listed = idsIn(await stranger.client.get(PATH));
      t.equal("nobody else's list has it", listed, []);
      const theirs = t.status(
        await stranger.client.delete(`${PATH}/${key.id}`),
        404,
        "nor can they revoke it",
      );
      const nobodys = await stranger.client.delete(`${PATH}/01890000-0000-7000-8000-000000000000`);
      t.equal("it looks like none", comparable(theirs), comparable(nobodys));
      t.status(await program(t, key.text).get("/users/me"), 200, "it works still");
    },
  },
  {
    id: "KEY-07",
    ...FEATURE,
    fix: "Record making, revoking and every refusal, with the key's id and never the key.",
    run: async (t) => {
      const person = await t.people.signUp();
      const key = await newKey(person, ["read"]);
      t.status(
        await program(t, key.text).post("/auth/password", {}),
        403,
        "a key does not do everything",
      );
      await person.client.delete(`${PATH}/${key.id}`);
      for (const event of ["api_key_created", "api_key_revoked", "access_denied"]) {
        const rows = await auditRows(t, event, { actor_id: person.id });
        t.equal(`${event} is on record once`, rows.length, 1);
        const target = event === "access_denied" ? rows[0]?.target : key.id;
        t.equal("with what it was about", rows[0]?.target, target);
        t.equal("and not the key", JSON.stringify(rows).includes(key.text), false);
      }
    },
  },
];
