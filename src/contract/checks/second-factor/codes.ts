import type { Check, Trial } from "../../check.js";
import { comparable } from "../../trial.js";
import { ageThrottles, logIn } from "../steps.js";
import { every } from "../support/observe.js";
import {
  confirm,
  forgetSteps,
  fromBase32,
  type Guarded,
  guarded,
  isCode,
  logInWith,
  PATH,
  start,
  turnOff,
} from "./app.js";

const FEATURE = { feature: "two-factor", needs: "inspector" } as const;
const ONCE = "Use a code up by a conditional UPDATE on the step that it belongs to.";
const INVALID = { expected: "401 invalid_otp" };

function refuse(t: Trial, claim: string, answers: Parameters<typeof every>[2]["answers"]): void {
  const isRight = isCode("invalid_otp");
  every(t, { claim, ...INVALID }, { answers, isRight });
}

/** Sign in once with each of these codes, as if nobody had tried before. */
async function tryCodes(t: Trial, person: Guarded, codes: readonly string[]) {
  const answers = [];
  for (const code of codes) answers.push(await logInWith(t.http, person, code));
  await t.inspector.remove("login_throttles", {});
  return answers;
}

/** Codes of the app: which are good, when and how often. */
export const codeChecks: readonly Check[] = [
  {
    id: "TFA-01",
    ...FEATURE,
    fix: "Make a secret of 20 random bytes, and ask for codes once one has come back.",
    run: async (t) => {
      const person = await t.people.signUp();
      const [first, app] = [await start(person), await start(person)];
      t.equal("a secret has 160 bits", fromBase32(app.secret).length, 20);
      t.equal("and is another each time", first.secret !== app.secret, true);
      t.status(await logIn(t, person.email, person.password), 200, "nothing is asked for yet");
      const { client } = person;
      refuse(t, "a code of another secret confirms nothing", [await confirm(client, first.code())]);
      const on = t.status(await confirm(client, app.code()), 200, "a code that came back does");
      t.equal("no cache keeps the recovery codes", on.header("cache-control"), "no-store");
      const asked = await logIn(t, person.email, person.password);
      t.equal("from then on a code is asked for", asked.field("code"), "otp_required");
    },
  },
  {
    id: "TFA-02",
    ...FEATURE,
    fix: "Check the password first, and open nothing before the code was right too.",
    run: async (t) => {
      const person = await guarded(t);
      const sessions = await t.inspector.rows("sessions", { user_id: person.id });
      const half = await logIn(t, person.email, person.password);
      t.status(half, 401, "the password alone opens nothing");
      t.equal("and sets no cookie", half.all("set-cookie"), []);
      const after = await t.inspector.rows("sessions", { user_id: person.id });
      t.equal("no session is opened", after.length, sessions.length);
      const wrong = { ...person, password: "not the password at all" };
      const without = await logIn(t, person.email, wrong.password);
      const withCode = await logInWith(t.http, wrong, person.app.code(1));
      const nobody = await logIn(t, "nobody@example.com", wrong.password);
      t.equal("only the right one is asked for a code", comparable(without), comparable(nobody));
      t.equal("and a right code helps no wrong one", comparable(withCode), comparable(nobody));
      const both = await logInWith(t.http, person, person.app.code(1));
      t.status(both, 200, "with both somebody is signed in");
    },
  },
  {
    id: "TFA-03",
    ...FEATURE,
    fix: ONCE,
    run: async (t) => {
      const person = await guarded(t);
      const { app } = person;
      const [now, next] = [app.code(), app.code(1)];
      const asks = Array.from({ length: 20 }, () => logInWith(t.http, person, next));
      const answers = await Promise.all(asks);
      const won = answers.filter(({ status }) => status === 200).length;
      t.equal("of twenty at once with one code, one wins", won, 1);
      const others = answers.filter(({ status }) => ![200, 401, 429, 503].includes(status));
      t.equal(
        "the others are refused",
        others.map(({ shown }) => shown),
        [],
      );
      await t.inspector.remove("login_throttles", {});
      const used = await tryCodes(t, person, [next, now]);
      refuse(t, "neither a used code nor an older one is good after it", used);
    },
  },
  {
    id: "TFA-04",
    ...FEATURE,
    fix: "Accept the step of now, the one before and the one after.",
    run: async (t) => {
      const person = await guarded(t);
      const { app } = person;
      await forgetSteps(t, person);
      const far = [app.code(-4), app.code(-3), app.code(3), app.code(4)];
      refuse(t, "a code of two minutes ago or ahead is wrong", await tryCodes(t, person, far));
      for (const near of [-1, 0, 1]) {
        await forgetSteps(t, person);
        const answer = await logInWith(t.http, person, app.code(near));
        // The step may have ended since the code was read.
        if (answer.status === 401 && near === -1) continue;
        t.status(answer, 200, `a code of the step ${near} from now is good`);
      }
      const junk = ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666"];
      const odd = await tryCodes(t, person, junk);
      t.equal(
        "what is no code opens nothing",
        odd.filter(({ status }) => status !== 401).length,
        0,
      );
    },
  },
  {
    id: "TFA-05",
    ...FEATURE,
    fix: "Count wrong codes under the account, apart from passwords, before they are compared.",
    run: async (t) => {
      const person = await guarded(t);
      const { app, client } = person;
      for (let count = 0; count < 5; count += 1) {
        refuse(t, "a wrong code is refused", [await logInWith(t.http, person, app.wrong())]);
      }
      const right = await logInWith(t.http, person, app.code(1));
      t.status(right, 429, "after five even the right one waits");
      const next = "walnut drizzle hinge pivot";
      const passwords = { current_password: person.password, new_password: next };
      t.status(await client.post("/auth/password", passwords), 204, "the password is proven");
      const still = await logInWith(t.http, { ...person, password: next }, app.code(1));
      t.status(still, 429, "which does not clear the count");
      await ageThrottles(t, 31);
      const later = await logInWith(t.http, { ...person, password: next }, app.code(1));
      t.status(later, 200, "after the wait it is good");
      const asks = Array.from({ length: 10 }, () => turnOff(client, app.wrong()));
      const guesses = (await Promise.all(asks)).filter(({ status }) => status === 401);
      t.equal("guesses at once see each other", guesses.length <= 5, true);
      const state = await client.get(PATH);
      t.equal("and have turned nothing off", state.text.includes('"enabled":true'), true);
    },
  },
];
