import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { logIn, storedUser } from "../steps.js";

const ONE_SPELLING =
  "Normalise an address once (ASCII local part without case, domain as an A-label), keep a unique index on it, and answer a violation with 409.";
const CROSS_SITE =
  "Take the sign-in form in one content type, and compare Origin and Sec-Fetch-Site where they are sent.";
const ACCEPTED = [201, 202];
const REFUSED = [409, 422];

function registerAs(
  t: Trial,
  email: string,
  username = t.people.invent().username,
): Promise<Answer> {
  return t.people.register({ ...t.people.invent(), email, username });
}

/** Accounts: one for each mailbox, and changed only by who knows the password. */
export const accountChecks: readonly Check[] = [
  {
    id: "AUTH-16",
    needs: "http",
    fix: "Ask for the current password, and count wrong ones against sign-in.",
    run: async (t) => {
      const person = await t.people.signUp();
      const next = "walnut drizzle hinge pivot";
      const without = await person.client.post("/auth/password", { new_password: next });
      t.status(without, [401, 422], "a new password needs the current one");
      for (let count = 0; count < 5; count += 1) {
        const body = { current_password: "not the right words", new_password: next };
        t.status(
          await person.client.post("/auth/password", body),
          [401, 422],
          "a wrong one is refused",
        );
      }
      const right = { current_password: person.password, new_password: next };
      const sixth = await person.client.post("/auth/password", right);
      t.status(sixth, 429, "wrong ones are counted as at sign-in");
      t.status(await logIn(t, person.email, next), [401, 429], "nothing was changed");
      const known = await t.people.logIn(person, person.client.with({ authorization: undefined }));
      t.status(known, 429, "a browser that is known waits as well");
    },
  },
  {
    id: "AUTH-18",
    needs: "inspector",
    fix: ONE_SPELLING,
    run: async (t) => {
      const { email } = t.people.invent();
      const [local = ""] = email.split("@");
      t.status(
        await registerAs(t, `${local.toUpperCase()}@Example.COM`),
        ACCEPTED,
        "an address in capitals",
      );
      const rows = await t.inspector.rows("users", { email });
      t.equal("is stored in its one spelling", rows.length, 1);
      t.status(
        await registerAs(t, email),
        [...REFUSED, 202],
        "the same mailbox is the same account",
      );
      const wide = `\uFF56${local.slice(1)}@example.com`;
      t.status(
        await registerAs(t, wide),
        [...REFUSED, 202],
        "a look-alike in full width is no second one",
      );
      t.equal("there is one account", (await t.inspector.rows("users", { email })).length, 1);
      const other = t.people.invent().email;
      const race = await Promise.all(Array.from({ length: 20 }, () => registerAs(t, other)));
      const worst = race.toSorted((a, b) => b.status - a.status)[0];
      if (worst)
        t.status(worst, [...ACCEPTED, ...REFUSED, 429, 503], "twenty at once end in no error");
      t.equal("and in one row", (await t.inspector.rows("users", { email: other })).length, 1);
    },
  },
  {
    id: "AUTH-18b",
    needs: "http",
    fix: ONE_SPELLING,
    run: async (t) => {
      const { username } = t.people.invent();
      const bad = [
        ...[
          `Bob <${username}@example.com>`,
          `"${username}"@example.com`,
          `${username}@[127.0.0.1]`,
        ],
        ...[
          `\uFF41${username}@example.com`,
          `\u212A${username}@example.com`,
          `payp\u0430${username}@x.io`,
        ],
        ...[`${username}@example.com\r\nBcc: x@x.io`, `${username}@payp\u0430l.com`],
      ];
      for (const email of bad)
        t.status(await registerAs(t, email), 422, `${JSON.stringify(email)} is refused`);
    },
  },
  {
    id: "AUTH-19",
    needs: "http",
    fix: "Take user names of plain letters, digits, dot, dash and underscore, unique without case.",
    run: async (t) => {
      const { username } = t.people.invent();
      const bad = [
        `a\u200Bb${username}`,
        `\u202E${username}`,
        `p\u0430ypal${username}`,
        `.${username}`,
        "a b c",
      ];
      for (const name of bad) {
        const answer = await registerAs(t, t.people.invent().email, name);
        t.status(answer, 422, `the user name ${JSON.stringify(name)} is refused`);
      }
      const first = await t.people.enrol();
      const copy = await registerAs(t, t.people.invent().email, first.username.toUpperCase());
      t.status(copy, [409, 202], "the same name in capitals belongs to somebody");
    },
  },
  {
    id: "AUTH-20",
    needs: "inspector",
    fix: "Give the role of administrator only from the command line, with a password that is read from stdin.",
    run: async (t) => {
      const fresh = await t.lab.server({ ownDatabase: true });
      t.equal("a new database has no account", (await fresh.inspector.rows("users")).length, 0);
      const first = await t.peopleOf(fresh).enrol();
      const [row] = await fresh.inspector.rows("users", { email: first.email });
      t.equal("who registers first is no administrator", row?.role, "user");
      const account = t.people.invent();
      const words = ["create-admin", "--email", account.email, "--username", account.username];
      const settings = { DATABASE_URL: fresh.settings.DATABASE_URL };
      const guessed = await t.lab.cli(words, { settings, input: "admin\n" });
      t.holds("a short password makes no administrator", guessed.exitCode !== 0, {
        expected: "an exit code other than 0",
        observed: `exit code ${guessed.exitCode ?? "none"}`,
      });
      const made = await t.lab.cli(words, { settings, input: `${account.password}\n` });
      t.equal("the command line makes one", made.exitCode, 0);
      const [admin] = await fresh.inspector.rows("users", { email: account.email });
      t.equal("with the role", admin?.role, "admin");
      const isHashed = String(admin?.hashed_password).startsWith("$argon2id$");
      t.equal("and its password is stored as a hash", isHashed, true);
      t.equal("and never shown", made.output.includes(account.password), false);
    },
  },
  {
    id: "AUTH-21",
    needs: "inspector",
    fix: CROSS_SITE,
    run: async (t) => {
      const account = await t.people.enrol();
      const { id } = await storedUser(t, account);
      const { email: username, password } = account;
      const body = JSON.stringify({ username, password });
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json"]) {
        const ask = { method: "POST", body, headers: { "content-type": type } };
        const answer = await t.http.ask("/auth/login", ask);
        t.status(answer, [400, 415, 422], `JSON as ${type} is no sign-in`);
        t.equal("and sets no cookie", answer.all("set-cookie"), []);
      }
      const foreign = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ];
      for (const headers of foreign) {
        const ask = { method: "POST", form: { username, password }, headers };
        t.status(await t.http.ask("/auth/login", ask), 403, "another site signs nobody in");
      }
      const sessions = await t.inspector.rows("sessions", { user_id: id ?? null });
      t.equal("no session was opened", sessions.length, 0);
    },
  },
  {
    id: "AUTH-22",
    needs: "inspector",
    fix: "Read credentials from the body only, and keep query strings out of every log line.",
    run: async (t) => {
      const { email, password } = await t.people.enrol();
      const query = new URLSearchParams({ username: email, password }).toString();
      const answer = await t.http.ask(`/auth/login?${query}`, { method: "POST" });
      t.status(answer, [400, 415, 422], "credentials in the address are not read");
      const get = await t.http.ask(`/auth/login?${query}`);
      t.status(get, [404, 405, 422], "nor with GET");
      const log = t.instance.log();
      const coded = new URLSearchParams({ password }).toString();
      const isClean = !log.includes(password) && !log.includes(coded);
      t.equal("and the log does not hold them", isClean, true);
    },
  },
];
