import type { Check, Trial } from "../../check.js";
import { cookiesOf } from "../../cookies.js";
import { listAt, member, namesIn, textAt } from "../../json.js";
import type { Person } from "../../people.js";
import { meWith, refreshCookie, refreshTokenOf, refreshWith } from "../steps.js";

const EVERY_REQUEST =
  "Load the session and its user with every request: a token that was right an hour ago says nothing about now.";

/** Neither token of somebody may be good for anything. */
async function isDead(t: Trial, person: Person, why: string): Promise<void> {
  t.status(await meWith(t, person.accessToken), 401, `${why}: the access token is dead at once`);
  t.status(
    await refreshWith(t, refreshTokenOf(t, person)),
    401,
    `${why}: and so is the refresh token`,
  );
}

/** How sign-ins end. */
export const endChecks: readonly Check[] = [
  {
    id: "SESS-03",
    needs: "http",
    fix: EVERY_REQUEST,
    run: async (t) => {
      const person = await t.people.signUp();
      const token = refreshTokenOf(t, person);
      t.status(await person.client.post("/auth/logout"), 204, "signing out works");
      t.status(await meWith(t, person.accessToken), 401, "the access token is dead at once");
      t.status(await refreshWith(t, token), 401, "and so is the refresh token");
    },
  },
  {
    id: "SESS-04",
    needs: "http",
    fix: EVERY_REQUEST,
    run: async (t) => {
      const account = await t.people.enrol();
      const here = await t.people.signIn(account);
      const there = await t.people.signIn(account);
      const list = await here.client.get("/auth/sessions");
      t.status(list, 200, "sign-ins can be listed");
      const items = listAt(list.json, "items");
      t.equal("both are there", items.length, 2);
      const told = namesIn(list.json).filter((name) => /token|hash|secret/i.test(name));
      t.equal("without a token", told, []);
      const other = items.find((item) => member(item, "current") !== true);
      const address = textAt(other, "address");
      t.holds("and with a shortened address", address !== "127.0.0.1", {
        expected: "127.0.0.0/24",
        observed: address,
      });
      t.status(
        await here.client.delete(`/auth/sessions/${textAt(other, "id")}`),
        204,
        "one can be ended",
      );
      await isDead(t, there, "ended from elsewhere");
      const third = await t.people.signIn(account);
      t.status(await here.client.post("/auth/logout-all"), 204, "all can be ended");
      await isDead(t, third, "ended with all");
      t.status(await meWith(t, here.accessToken), 401, "one's own too");
    },
  },
  {
    id: "SESS-05",
    needs: "http",
    fix: "A new password ends every other session, in the same transaction.",
    run: async (t) => {
      const account = await t.people.enrol();
      const here = await t.people.signIn(account);
      const there = await t.people.signIn(account);
      const body = {
        current_password: account.password,
        new_password: "walnut drizzle hinge pivot",
      };
      t.status(await here.client.post("/auth/password", body), 204, "the password is changed");
      await isDead(t, there, "a new password");
      t.status(await here.client.get("/users/me"), 200, "who changed it stays");
    },
  },
  {
    id: "SESS-06",
    needs: "inspector",
    fix: EVERY_REQUEST,
    run: async (t) => {
      const [admin, person] = [await t.people.admin(), await t.people.signUp()];
      const path = `/users/${person.id}`;
      t.status(
        await admin.client.patch(path, { is_active: false }),
        200,
        "an administrator deactivates",
      );
      await isDead(t, person, "deactivated");
      t.status(await admin.client.patch(path, { is_active: true }), 200, "and activates again");
      await isDead(t, person, "activated again");
    },
  },
  {
    id: "SESS-07",
    needs: "inspector",
    fix: "Read the role from the database with every request, never from the token.",
    run: async (t) => {
      const [admin, other] = [await t.people.admin(), await t.people.admin()];
      t.status(await other.client.get("/users"), 200, "an administrator may list accounts");
      const demoted = await admin.client.patch(`/users/${other.id}`, { role: "user" });
      t.status(demoted, 200, "another one takes the role away");
      t.status(await other.client.get("/users"), 403, "the token of before does not keep it");
    },
  },
  {
    id: "SESS-08",
    needs: "http",
    fix: EVERY_REQUEST,
    run: async (t) => {
      const person = await t.people.signUp();
      const token = refreshTokenOf(t, person);
      t.status(await person.client.delete("/users/me"), 204, "somebody deletes their account");
      t.status(await meWith(t, person.accessToken), 401, "the access token is dead");
      const heir = await t.people.signUp({ ...t.people.invent(), email: person.email });
      t.status(await meWith(t, person.accessToken), 401, "also when the address has a new account");
      t.status(await refreshWith(t, token), 401, "and so is the refresh token");
      t.equal("ids are not used again", heir.id === person.id, false);
    },
  },
  {
    id: "SESS-14",
    needs: "http",
    fix: "Take the cookie back with the flags that it was set with, and make signing out work with whatever credential is left.",
    run: async (t) => {
      const account = await t.people.enrol();
      const set = cookiesOf(await t.people.logIn(account, t.people.browser())).find(
        ({ name }) => name === refreshCookie(t),
      );
      const person = await t.people.signIn(account);
      const token = refreshTokenOf(t, person);
      const cookie = `${refreshCookie(t)}=${token}`;
      const headers = { cookie, authorization: "Bearer expired.or.broken" };
      const answer = await t.http.post("/auth/logout", undefined, { headers });
      t.status(answer, 204, "signing out works with a live cookie and a dead access token");
      t.status(await refreshWith(t, token), 401, "and ends the session");
      const gone = cookiesOf(answer).find(({ name }) => name === refreshCookie(t));
      t.equal("the cookie is taken back", gone?.attributes.get("max-age"), "0");
      const flags = (attributes: ReadonlyMap<string, string> | undefined): readonly string[] =>
        [...(attributes?.keys() ?? [])]
          .filter((name) => name !== "max-age" && name !== "expires")
          .toSorted();
      t.equal("with the flags it had", flags(gone?.attributes), flags(set?.attributes));
      t.status(await t.http.post("/auth/logout", undefined, { headers }), 204, "twice is fine");
    },
  },
];
