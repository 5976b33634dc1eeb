import type { Check } from "../../check.js";
import { ABNORMAL } from "./connection.js";
import { frame, OPCODE } from "./frames.js";
import { answerTo, connected, FEATURE, ticketOf } from "./handshake.js";

/** A message is longer than may be (RFC 6455, 7.4.1). */
const TOO_LARGE = 1009;
/** More than the buffers of a network hold, sent some hundred times: each is answered with as much. */
const MANY_PINGS = Buffer.concat(
  Array.from({ length: 500 }, () => frame(OPCODE.ping, Buffer.alloc(125))),
);

/** What a connection cannot make a server keep, or write down. */
export const boundChecks: readonly Check[] = [
  {
    id: "WS-12",
    ...FEATURE,
    profiles: ["production"],
    fix: "Bound the number of fragments, the size of what they make, and what waits for a client.",
    run: async (t) => {
      const person = await t.people.signUp();
      const fragments = await connected(person);
      fragments.send("", OPCODE.text, false);
      for (let count = 0; count < 500; count += 1) fragments.send("", OPCODE.more, false);
      t.equal("fragments without end are cut off", await fragments.closed(), ABNORMAL);
      const endless = await connected(person);
      endless.send("x", OPCODE.text, false);
      for (let count = 0; count < 10; count += 1)
        endless.send("x".repeat(30_000), OPCODE.more, false);
      t.equal(
        "so is a message that never ends",
        [TOO_LARGE, ABNORMAL].includes((await endless.closed()) ?? 0),
        true,
      );
      const deaf = await connected(person);
      await deaf.drown(MANY_PINGS, 500);
      t.equal("so is who reads no answer", await deaf.closed(), ABNORMAL);
    },
  },
  {
    id: "WS-13",
    ...FEATURE,
    profiles: ["production"],
    isSlow: true,
    fix: "Ping every connection, and drop the one that does not answer.",
    run: async (t) => {
      const person = await t.people.signUp();
      const mute = await connected(person, { isMute: true });
      t.equal("who answers no ping is gone", (await mute.closed(60_000)) !== undefined, true);
    },
  },
  {
    id: "WS-14",
    ...FEATURE,
    fix: "Log handshakes without their query, and keep the server's own line out.",
    run: async (t) => {
      const person = await t.people.signUp();
      const ticket = await ticketOf(person);
      const statuses = [
        (await answerTo(t.http, ticket)).status,
        (await answerTo(t.http, ticket)).status,
      ];
      t.equal("a ticket is used, and refused", statuses, [101, 401]);
      const until = performance.now() + 3000;
      const log = (): string => t.instance.log();
      while (!log().includes("101") && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      t.equal("the log knows of the connection", log().includes("/ws"), true);
      t.equal("and not of the ticket", log().includes(ticket) || log().includes("ticket="), false);
    },
  },
];
