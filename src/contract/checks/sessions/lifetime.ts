import type { Check, Trial } from "../../check.js";
import { ageSessions, refreshTokenIn, refreshTokenOf, refreshWith } from "../steps.js";

const DAY = 86_400;

async function liveSessions(t: Trial, id: string): Promise<number> {
  const rows = await t.inspector.rows("sessions", { user_id: id });
  return rows.filter(({ revoked_at: revoked }) => revoked === null).length;
}

/** How long sign-ins live, where they are kept, and what survives a crash. */
export const lifetimeChecks: readonly Check[] = [
  {
    id: "SESS-09",
    needs: "inspector",
    fix: "Store the SHA-256 of a token, never the token.",
    run: async (t) => {
      const person = await t.people.signUp();
      const refresh = refreshTokenOf(t, person);
      const dump = await t.inspector.dump();
      t.equal("the dump is one", dump.includes(person.email), true);
      t.equal("the refresh token is not in it", dump.includes(refresh), false);
      t.equal("nor the access token", dump.includes(person.accessToken), false);
      t.equal("nor the password", dump.includes(person.password), false);
    },
  },
  {
    id: "SESS-11",
    needs: "inspector",
    fix: "Check both limits at every refresh: since the last use, and since the sign-in, however often it was refreshed.",
    run: async (t) => {
      const idle = await t.people.signUp();
      await ageSessions(t, idle, 15 * DAY);
      t.status(
        await refreshWith(t, refreshTokenOf(t, idle)),
        401,
        "two weeks without use end a session",
      );
      const busy = await t.people.signUp();
      let token = refreshTokenOf(t, busy);
      for (const days of [10, 10]) {
        await ageSessions(t, busy, days * DAY);
        const answer = t.status(await refreshWith(t, token), 200, "one that is used goes on");
        token = refreshTokenIn(t, answer);
      }
      await ageSessions(t, busy, 11 * DAY);
      t.status(await refreshWith(t, token), 401, "thirty days end it all the same");
    },
  },
  {
    id: "SESS-16",
    needs: "inspector",
    fix: "Commit before the answer is sent.",
    run: async (t) => {
      const server = await t.lab.server({ ownServer: true });
      const client = t.clientOf(server);
      const person = await t.people.signUp();
      const answer = await refreshWith(t, refreshTokenOf(t, person), client);
      await server.kill();
      t.status(answer, 200, "a refresh is answered, and the power is cut");
      await server.start();
      const token = refreshTokenIn(t, answer);
      t.status(
        await refreshWith(t, token, client),
        200,
        "the token that was handed out is known afterwards",
      );
      await server.kill();
    },
  },
  {
    id: "SESS-17",
    needs: "inspector",
    fix: "Keep the ten newest sign-ins of a user.",
    run: async (t) => {
      const account = await t.people.enrol();
      const first = await t.people.signIn(account);
      for (let count = 0; count < 10; count += 1) await t.people.signIn(account);
      t.equal("ten sign-ins are kept", await liveSessions(t, first.id), 10);
      t.status(await first.client.get("/users/me"), 401, "the oldest one made room");
    },
  },
];
