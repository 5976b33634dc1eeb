import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { comparable } from "../../trial.js";
import { ageThrottles, logIn, takesAsLong } from "../steps.js";

const COUNT_FIRST =
  "Count an attempt in a transaction of its own, committed before the password is hashed, keyed by the submitted name.";
const ALIKE =
  "Give every refusal of a sign-in one error, and compare with a dummy hash of the same cost where there is no account.";
const WRONG = "not the right words at all";

async function failFiveTimes(t: Trial, username: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let count = 0; count < 5; count += 1) answers.push(await logIn(t, username, WRONG));
  return answers;
}

async function spentCounters(t: Trial): Promise<number> {
  return (await t.inspector.rows("login_throttles", { failures: 5 })).length;
}

function waits(t: Trial, answer: Answer, claim: string): void {
  t.status(answer, 429, claim);
  const seconds = Number(answer.header("retry-after"));
  t.holds("it says how long to wait", seconds >= 1 && seconds <= 30, {
    request: answer.request,
    expected: "Retry-After of 1 to 30",
    observed: `Retry-After: ${answer.header("retry-after") ?? "none"}`,
  });
}

/** Guessing passwords. */
export const throttleChecks: readonly Check[] = [
  {
    id: "AUTH-01",
    needs: "inspector",
    fix: COUNT_FIRST,
    run: async (t) => {
      const { email, password } = await t.people.enrol();
      const before = await spentCounters(t);
      for (const answer of await failFiveTimes(t, email))
        t.status(answer, 401, "a wrong password is refused");
      t.equal(
        "the five failures are stored, seen by a second connection",
        await spentCounters(t),
        before + 1,
      );
      waits(
        t,
        await logIn(t, email, password),
        "after five failures even the right password waits",
      );
      const other = await t.lab.server({ settings: { LOG_LEVEL: "WARNING" } });
      const form = { username: email, password };
      const elsewhere = await t.clientOf(other).ask("/auth/login", { method: "POST", form });
      waits(t, elsewhere, "a process that was started since knows of the wait");
      await ageThrottles(t, 31);
      t.status(await logIn(t, email, password), 200, "after the wait the owner gets in");
      t.equal("the failures are forgotten then", await spentCounters(t), before);
    },
  },
  {
    id: "AUTH-02",
    needs: "http",
    fix: COUNT_FIRST,
    run: async (t) => {
      const { email, password } = await t.people.enrol();
      const nobody = t.people.invent().email;
      const known = await failFiveTimes(t, email);
      const unknown = await failFiveTimes(t, nobody);
      for (const [index, answer] of unknown.entries()) {
        t.equal(
          `attempt ${index + 1} tells nothing`,
          comparable(answer),
          comparable(known[index] ?? answer),
        );
      }
      const [last, lastOfNobody] = [
        await logIn(t, email, password),
        await logIn(t, nobody, password),
      ];
      waits(t, lastOfNobody, "a name that does not exist waits too");
      t.equal("with the same words", shape(lastOfNobody), shape(last));
    },
  },
  {
    id: "AUTH-03",
    needs: "inspector",
    fix: ALIKE,
    run: async (t) => {
      const { email, password } = await t.people.enrol();
      const inactive = await t.people.enrol();
      await t.inspector.update("users", { email: inactive.email }, { is_active: false });
      const wrong = t.status(await logIn(t, email, WRONG), 401, "a wrong password is refused");
      const unknown = await logIn(t, t.people.invent().email, password);
      t.equal("an unknown name is answered alike", comparable(unknown), comparable(wrong));
      const dead = await logIn(t, inactive.email, inactive.password);
      t.equal("a deactivated account is answered alike", comparable(dead), comparable(wrong));
    },
  },
  {
    id: "AUTH-04",
    isAlone: true,
    needs: "http",
    fix: ALIKE,
    run: async (t) => {
      let account = await t.people.enrol();
      let failures = 0;
      const known = async (): Promise<Answer> => {
        // Somebody else after every four: five failures would make the next one wait.
        if (failures % 4 === 3) account = await t.people.enrol();
        failures += 1;
        return logIn(t, account.email, WRONG);
      };
      const unknown = (): Promise<Answer> => logIn(t, t.people.invent().email, WRONG);
      await takesAsLong(t, "an unknown name takes as long as a wrong password", [known, unknown]);
    },
  },
];

/** Without the seconds that are left, which pass while we ask. */
function shape(answer: Answer): string {
  return comparable(answer).replaceAll(/\d+ seconds?/g, "N seconds");
}
