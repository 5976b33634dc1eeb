import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Instance } from "../../lab.js";
import { LISTED_ORIGIN } from "../../profiles.js";
import { address, DEFAULTS, from, isLimited } from "../rate/attempts.js";
import { every, isRefused } from "../support/observe.js";
import { answerTo, connected, FEATURE, open, ping, ticketOf } from "./handshake.js";

const TICKETS_A_MINUTE = 30;
const HANDSHAKES_A_MINUTE = 120;
const TICKET =
  "Store a hash of the ticket, use it up by a conditional UPDATE, and read the sign-in behind it.";

function plainHttp(t: Trial): Promise<Instance> {
  if (t.profile === "production") return Promise.resolve(t.instance);
  return t.lab.server({
    settings: { FORCE_HTTPS: "true", TRUSTED_PROXIES: "127.0.0.1" },
  });
}

/** Who may open a connection, and how many. */
export const enteringChecks: readonly Check[] = [
  {
    id: "WS-01",
    ...FEATURE,
    fix: TICKET,
    run: async (t) => {
      const person = await t.people.signUp();
      const { client } = person;
      const ticket = await ticketOf(person);
      const all = await Promise.all(Array.from({ length: 8 }, () => open(client, ticket)));
      t.equal(
        "of eight with one ticket, one gets in",
        all.filter(({ isOpen }) => isOpen).length,
        1,
      );
      for (const connection of all) {
        if (connection.isOpen) await ping(t, connection);
        connection.leave();
      }
      t.status(await answerTo(client, ticket), 401, "it opens no other one");
      const late = await ticketOf(person);
      await t.inspector.age(
        "ws_tickets",
        { user_id: person.id },
        { columns: ["expires_at"], seconds: 31 },
      );
      t.status(await answerTo(client, late), 401, "after half a minute it opens none");
      for (const odd of ["", "x", "%00", "x".repeat(5000)]) {
        t.status(await answerTo(client, odd), [401, 422], "what is no ticket opens none");
      }
    },
  },
  {
    id: "WS-02",
    ...FEATURE,
    fix: TICKET,
    run: async (t) => {
      const [alice, bob] = [await t.people.signUp(), await t.people.signUp()];
      const tickets = [await ticketOf(alice), await ticketOf(bob)];
      t.equal("a ticket is random", tickets.filter((text) => text.length < 43).length, 0);
      const dump = await t.inspector.dump();
      t.equal(
        "and not stored in clear",
        tickets.filter((text) => dump.includes(text)),
        [],
      );
      await alice.client.post("/auth/logout");
      await t.inspector.update("users", { email: bob.email }, { is_active: false });
      for (const ticket of tickets) {
        t.status(await answerTo(t.http, ticket), 401, "it dies with the sign-in");
      }
    },
  },
  {
    id: "WS-03",
    ...FEATURE,
    fix: "Refuse a handshake whose query holds anything but one ticket.",
    run: async (t) => {
      const person = await t.people.signUp();
      const ticket = await ticketOf(person);
      for (const more of ["&a=b", "&ticket=x", "&token=x"]) {
        t.status(await answerTo(t.http, ticket, { more }), 422, "a query holds the ticket alone");
      }
      t.status(await answerTo(t.http, ticket), 101, "which was not used up by that");
    },
  },
  {
    id: "WS-04",
    ...FEATURE,
    fix: "Compare Origin with the list before the ticket is looked at.",
    run: async (t) => {
      const person = await t.people.signUp();
      const ticket = await ticketOf(person);
      for (const origin of ["https://evil.example", "null", "https://localhost", ""]) {
        const answer = await answerTo(t.http, ticket, { headers: { origin } });
        t.status(answer, 403, "another site opens no connection");
      }
      const listed = await answerTo(t.http, ticket, { headers: { origin: LISTED_ORIGIN } });
      t.status(listed, 101, "the ticket is good still, for a listed origin");
    },
  },
  {
    id: "WS-05",
    ...FEATURE,
    fix: "Put the defences around the application, so that handshakes pass through them.",
    run: async (t) => {
      const person = await t.people.signUp();
      const ticket = await ticketOf(person);
      const asks = [
        { host: "evil.example" },
        { authorization: ["Bearer a", "Bearer b"] },
        { "x-a": "x".repeat(7000), "x-b": "x".repeat(7000), "x-c": "x".repeat(7000) },
      ];
      const answers: Answer[] = [];
      for (const headers of asks) answers.push(await answerTo(t.http, ticket, { headers }));
      const isRight = (answer: Answer): boolean =>
        isRefused(answer) && answer.header("x-content-type-options") === "nosniff";
      const claim = "a handshake is refused like any request";
      every(t, { claim, expected: "4xx, a problem, with nosniff" }, { answers, isRight });
      const plain = t.clientOf(await plainHttp(t)).with({ "x-forwarded-proto": undefined });
      t.status(await answerTo(plain, ticket), 403, "without TLS there is none");
      t.status(await answerTo(t.http, ticket), 101, "the ticket is good still");
    },
  },
  {
    id: "WS-06",
    ...FEATURE,
    fix: "Count connections while they last, of a user and of a worker.",
    run: async (t) => {
      const workers = { WEB_CONCURRENCY: "1" };
      const server = await t.lab.server({
        settings: { ...workers, WS_CONNECTIONS_PER_USER: "2", WS_CONNECTIONS: "3" },
      });
      const people = t.peopleOf(server);
      const [alice, bob, carol] = [
        await people.signUp(),
        await people.signUp(),
        await people.signUp(),
      ];
      const mine = [await connected(alice), await connected(alice)];
      const refused = await answerTo(alice.client, await ticketOf(alice));
      t.status(refused, 429, "a user has so many connections");
      t.equal("and is told when to come again", Number(refused.header("retry-after")) >= 1, true);
      const theirs = await connected(bob);
      t.status(
        await answerTo(carol.client, await ticketOf(carol)),
        503,
        "a worker has so many, too",
      );
      mine[0]?.leave();
      let again = await open(alice.client, await ticketOf(alice));
      for (let tries = 0; tries < 40 && !again.isOpen; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        again = await open(alice.client, await ticketOf(alice));
      }
      t.equal("a place that is left is free again", again.isOpen, true);
      for (const connection of [...mine, theirs, again]) connection.leave();
    },
  },
  {
    id: "WS-07",
    ...FEATURE,
    fix: "Count tickets by user and handshakes by address, before they are looked at.",
    run: async (t) => {
      const server = await t.lab.server({ settings: DEFAULTS });
      const { client } = await t.people.signUp();
      const person = from(client.at(server.endpoint), address());
      const tickets: Answer[] = [];
      for (let count = 0; count < TICKETS_A_MINUTE + 15; count += 1) {
        tickets.push(await person.post("/ws/tickets"));
      }
      const last = tickets.slice(-1);
      every(
        t,
        { claim: "tickets are counted", expected: "429" },
        { answers: last, isRight: isLimited },
      );
      const stranger = from(t.clientOf(server), address());
      const hands = Array.from({ length: HANDSHAKES_A_MINUTE + 60 }, () => answerTo(stranger, "x"));
      const answers = await Promise.all(hands);
      const limited = answers.filter(({ status }) => status === 429).length;
      t.holds("and so are handshakes", limited > 0, {
        expected: `429 after ${HANDSHAKES_A_MINUTE} a minute`,
        observed: `${limited} of ${answers.length} were refused`,
      });
    },
  },
];
