import type { Check, Trial } from "../../check.js";
import { textAt } from "../../json.js";
import type { Person } from "../../people.js";
import { ageSessions } from "../steps.js";
import { type Connection } from "./connection.js";
import { connected, FEATURE, ping } from "./handshake.js";
import { OPCODE } from "./frames.js";

const MOST_BYTES = 65_536;
const SIGNED_OUT = 4401;
const [NO_TEXT, BROKEN_RULES, TOO_LARGE] = [1003, 1008, 1009];
const MONTH = 31 * 24 * 60 * 60;

const PING = '{"type": "ping"}';
const ODD = [
  "",
  "x",
  "null",
  "[]",
  "{}",
  '{"type": "unknown"}',
  '{"type": "ping", "more": 1}',
  '{"type": "ping", "type": "ping"}',
  '{"type": NaN}',
  '\ufeff{"type": "ping"}',
  '{"type": "\\ud800"}',
  '{"type": "ping\\u0000"}',
  `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
];

/** The next message that is no count of sessions. */
async function reply(connection: Connection, message: string): Promise<unknown> {
  let answer = await connection.ask(message);
  if (textAt(answer, "type") === "sessions") answer = await connection.next();
  return answer;
}

type End = (person: Person, admin: Person) => Promise<unknown>;

/** Whatever ends a sign-in. */
function endings(t: Trial): Readonly<Record<string, End>> {
  const elsewhere = (person: Person): Promise<Person> => t.people.signIn(person);
  return {
    "signing out": ({ client }) => client.post("/auth/logout"),
    "signing out everywhere": async (person) =>
      (await elsewhere(person)).client.post("/auth/logout-all"),
    "another password": async (person) =>
      (await elsewhere(person)).client.post("/auth/password", {
        current_password: person.password,
        new_password: "walnut drizzle hinge pivot",
      }),
    deactivation: ({ id }, admin) => admin.client.patch(`/users/${id}`, { is_active: false }),
    deletion: ({ id }, admin) => admin.client.delete(`/users/${id}`),
    "its lifetime": (person) => ageSessions(t, person, MONTH),
  };
}

/** What a connection may do, and when it ends. */
export const livingChecks: readonly Check[] = [
  {
    id: "WS-08",
    ...FEATURE,
    fix: "Publish to the connections of one user, by the id of their sign-in.",
    run: async (t) => {
      const [alice, bob] = [await t.people.signUp(), await t.people.signUp()];
      const hers = await connected(alice);
      const theirs = await connected(bob);
      t.equal("who connects hears of their sign-ins", await hers.next(), {
        type: "sessions",
        count: 1,
      });
      await theirs.next();
      await t.people.signIn(alice);
      t.equal("a new one is told to its user", await hers.next(), { type: "sessions", count: 2 });
      t.equal("and to nobody else", await theirs.heard(300), []);
      hers.leave();
      theirs.leave();
    },
  },
  {
    id: "WS-09",
    ...FEATURE,
    fix: "Read messages by the parser of bodies, and count what is wrong.",
    run: async (t) => {
      const person = await t.people.signUp();
      let connection = await connected(person);
      for (const [at, message] of ODD.entries()) {
        // Five errors end a connection.
        if (at % 4 === 0) {
          connection.leave();
          connection = await connected(person);
        }
        const answer = await reply(connection, message);
        t.holds("an odd message is an error", textAt(answer, "type") === "error", {
          ...{ request: message.slice(0, 100), expected: "an error" },
          observed: JSON.stringify(answer ?? null),
        });
        t.equal("which repeats nothing of it", JSON.stringify(answer).includes("unknown"), false);
      }
      connection.leave();
      const last = await connected(person);
      for (let count = 0; count < 5; count += 1) last.send("[");
      t.equal("five of them end it", await last.closed(), BROKEN_RULES);
    },
  },
  {
    id: "WS-10",
    ...FEATURE,
    fix: "Bound the length of a message and the number of messages a second, and take texts only.",
    run: async (t) => {
      const person = await t.people.signUp();
      const [long, binary, flood] = [
        await connected(person),
        await connected(person),
        await connected(person),
      ];
      long.send("x".repeat(MOST_BYTES + 1));
      t.equal("a long message ends it", await long.closed(), TOO_LARGE);
      binary.send("x", OPCODE.binary);
      t.equal("so does one that is no text", await binary.closed(), NO_TEXT);
      await ping(t, flood);
      // One by one, and read: sent at once, they would end it as too slow a reader.
      for (let count = 0; count < 500 && flood.isOpen; count += 1) await flood.ask(PING);
      t.equal("so does a flood", await flood.closed(), BROKEN_RULES);
    },
  },
  {
    id: "WS-11",
    ...FEATURE,
    fix: "Read the sign-ins of all connections again every second, and end those that are over.",
    run: async (t) => {
      const admin = await t.people.admin();
      const open: { how: string; end: End; person: Person; connection: Connection }[] = [];
      for (const [how, end] of Object.entries(endings(t))) {
        const person = await t.people.signUp();
        open.push({ how, end, person, connection: await connected(person) });
      }
      for (const { end, person } of open) await end(person, admin);
      for (const { how, connection } of open) {
        t.equal(
          `a connection ends with its sign-in, by ${how}`,
          await connection.closed(),
          SIGNED_OUT,
        );
      }
    },
  },
];
