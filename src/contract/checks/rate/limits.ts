import { randomInt } from "node:crypto";

import type { Check } from "../../check.js";
import { every, hasStatus, inTurn } from "../support/observe.js";
import {
  address,
  areLimited,
  attempt,
  attempts,
  FEW,
  FEW_A_MINUTE,
  from,
  limited,
  SIGN_INS_A_MINUTE,
} from "./attempts.js";

const REGISTRATIONS_AN_HOUR = 5;
const REFRESHES_A_MINUTE = 30;
const FIX =
  "Count every request before it is handled, in one store for all workers, by the address that the nearest trusted proxy saw.";

/** How often, and who is counted. */
export const limitChecks: readonly Check[] = [
  {
    id: "RATE-01",
    needs: "inspector",
    fix: FIX,
    run: async (t) => {
      const client = from(t.clientOf(await limited(t)), address());
      const before = await attempts(t, client, SIGN_INS_A_MINUTE);
      const isRight = hasStatus(401);
      every(
        t,
        { claim: "ten sign-ins a minute are answered", expected: "401" },
        { answers: before, isRight },
      );
      const after = [await attempt(t, client)];
      areLimited(t, "the eleventh is not", after);
    },
  },
  {
    id: "RATE-02",
    needs: "inspector",
    fix: "Believe forwarded addresses of listed proxies only.",
    run: async (t) => {
      const settings = { ...FEW_A_MINUTE, TRUSTED_PROXIES: "", FORCE_HTTPS: "false" };
      const client = t.clientOf(await t.lab.server({ settings }));
      await attempts(t, client, FEW);
      areLimited(t, "the limit is reached", [await attempt(t, client)]);
      const names = [
        "x-forwarded-for",
        "x-real-ip",
        "forwarded",
        "true-client-ip",
        "cf-connecting-ip",
        "x-client-ip",
      ];
      const answers = await inTurn(names, (name) => {
        const value = name === "forwarded" ? `for=${address()}` : address();
        return attempt(t, client.with({ [name]: value }));
      });
      areLimited(t, "no header makes somebody else of the client", answers);
    },
  },
  {
    id: "RATE-03",
    needs: "inspector",
    fix: "Give every public route a limit of its own.",
    run: async (t) => {
      const server = await limited(t);
      const client = from(t.clientOf(server), address());
      const accounts = Array.from({ length: REGISTRATIONS_AN_HOUR + 1 }, () => t.people.invent());
      const made = await inTurn(accounts, (account) => client.post("/auth/register", account));
      every(
        t,
        { claim: "five registrations an hour are taken", expected: "201 or 202" },
        {
          answers: made.slice(0, -1),
          isRight: hasStatus(201, 202),
        },
      );
      areLimited(t, "the sixth is not", made.slice(-1));
      const account = await t.people.enrol();
      const browser = from(t.clientOf(server).fresh(), address());
      t.status(await t.people.logIn(account, browser), 200, "somebody signs in");
      const turns = Array.from({ length: REFRESHES_A_MINUTE + 1 }, () => "/auth/refresh");
      const refreshed = await inTurn(turns, (path) => browser.post(path));
      const last = refreshed.slice(-1);
      areLimited(t, "refreshing is limited too", last);
    },
  },
  {
    id: "RATE-04",
    needs: "inspector",
    fix: "Read X-Forwarded-For from the right, past the proxies that are trusted, and count IPv6 by /64.",
    run: async (t) => {
      const client = t.clientOf(await t.lab.server({ settings: FEW_A_MINUTE }));
      const real = address();
      for (let count = 0; count < FEW; count += 1) {
        await attempt(t, from(client, `${address()}, ${real}`));
      }
      const answers = [await attempt(t, from(client, `${address()}, ${real}`))];
      areLimited(t, "what a client writes before the proxy's word does not count", answers);
      const other = await attempt(t, from(client, `${real}, ${address()}`));
      t.status(other, 401, "another client is not counted with it");
      const network = `2001:db8:${randomInt(1, 9999)}:${randomInt(1, 9999)}`;
      for (let count = 0; count < FEW; count += 1) {
        await attempt(t, from(client, `${network}::${count + 1}`));
      }
      const neighbour = [await attempt(t, from(client, `${network}:1:2:3:4`))];
      areLimited(t, "a network of IPv6 is one client", neighbour);
    },
  },
];
