import type { Check, Trial } from "../../check.js";
import type { Client } from "../../client.js";
import type { Row } from "../../inspector.js";
import { ageSessions, auditRows, logIn, meWith } from "../steps.js";
import { every } from "../support/observe.js";
import { confirm, forgetSteps, guarded, isCode, logInWith, PATH, start, turnOff } from "./app.js";

const FEATURE = { feature: "two-factor", needs: "inspector" } as const;
/** Longer ago than a sign-in counts as recent. */
const LATE = 11 * 60;
const RECENT = "Ask for a sign-in of the last ten minutes before anything else is looked at.";
const LATER = { expected: "403 reauthentication_required" };

async function factorOf(t: Trial, { id }: { readonly id: string }): Promise<Row> {
  const [row = {}] = await t.inspector.rows("two_factors", { owner_id: id });
  return row;
}

function changes(client: Client, otp: string) {
  const json = { otp };
  return [
    client.post(PATH),
    client.post(`${PATH}/confirm`, json),
    client.post(`${PATH}/recovery-codes`, json),
    client.ask(PATH, { method: "DELETE", json }),
  ];
}

/** What changing a second factor takes, and what it takes once it is on. */
export const changeChecks: readonly Check[] = [
  {
    id: "TFA-08",
    ...FEATURE,
    fix: RECENT,
    run: async (t) => {
      const person = await t.people.signUp();
      const other = await t.people.signIn(person);
      const app = await start(person);
      t.status(await confirm(person.client, app.code()), 200, "it is turned on");
      t.status(await meWith(t, other.accessToken), 401, "which ends every other session");
      t.status(await person.client.get("/users/me"), 200, "and not this one");
      const wrong = await turnOff(person.client, app.wrong());
      t.equal("turning it off takes a code", wrong.field("code"), "invalid_otp");
      await forgetSteps(t, person);
      const again = await logInWith(t.people.browser(), person, app.code());
      await forgetSteps(t, person);
      const before = await factorOf(t, person);
      await ageSessions(t, person, LATE);
      const answers = await Promise.all(changes(person.client, app.code()));
      const isRight = isCode("reauthentication_required");
      every(t, { claim: "an old sign-in changes nothing of it", ...LATER }, { answers, isRight });
      t.equal("it is as it was", await factorOf(t, person), before);
      await ageSessions(t, person, -LATE);
      t.status(await turnOff(person.client, app.code()), 204, "with a code it is turned off");
      t.status(await meWith(t, again.field("access_token")), 401, "which ends other sessions too");
    },
  },
  {
    id: "TFA-09",
    ...FEATURE,
    fix: RECENT,
    run: async (t) => {
      const person = await guarded(t);
      const { client } = person;
      const bob = await t.people.signUp();
      const admin = await t.people.admin();
      const app = await start(admin);
      await confirm(admin.client, app.code());
      for (const one of [person, admin]) await ageSessions(t, one, LATE);
      const { password } = person;
      const passwords = { current_password: password, new_password: "walnut drizzle hinge pivot" };
      const email = t.people.invent().email;
      const answers = [
        await client.post("/auth/password", passwords),
        await client.patch("/users/me", { email, current_password: password }),
        await client.delete("/users/me"),
        await admin.client.patch(`/users/${bob.id}`, { role: "admin" }),
        await admin.client.patch(`/users/${bob.id}`, { is_active: false }),
        await admin.client.delete(`/users/${bob.id}`),
      ];
      const claim = "with the second factor on, an old sign-in is not enough";
      every(t, { claim, ...LATER }, { answers, isRight: isCode("reauthentication_required") });
      const renamed = await client.patch("/users/me", { username: t.people.invent().username });
      t.status(renamed, 200, "what harms nobody needs nothing more");
    },
  },
  {
    id: "TFA-10",
    ...FEATURE,
    fix: "Let the command line turn it off, end every session and write an audit row.",
    run: async (t) => {
      const person = await guarded(t);
      const reset = await t.lab.cli(["two-factor", "reset", person.email]);
      t.equal("an operator can turn it off", reset.exitCode, 0);
      t.status(await meWith(t, person.accessToken), 401, "which ends every session");
      t.status(await logIn(t, person.email, person.password), 200, "the password alone signs in");
      const rows = await auditRows(t, "two_factor_disabled", { target: person.id });
      t.equal("and is on record", rows.length, 1);
      t.equal("as done by nobody of the API's", rows[0]?.actor_id, null);
    },
  },
];
