import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { comparable } from "../../trial.js";
import { logIn, storedUser, takesAsLong } from "../steps.js";

/** The longest run of token characters in a message: what a link carries. */
export function tokenIn(text: string): string {
  const words = text.match(/[A-Za-z0-9_-]{32,}/g) ?? [];
  return words.toSorted((a, b) => b.length - a.length)[0] ?? "";
}

function forgot(t: Trial, email: string): Promise<Answer> {
  return t.http.post("/auth/forgot-password", { email });
}

async function resetTokenFor(t: Trial, email: string): Promise<string> {
  const seen = t.mailbox.to(email).length;
  await forgot(t, email);
  return tokenIn((await t.mailbox.next(email, seen)).text);
}

function reset(t: Trial, token: string, password: string): Promise<Answer> {
  return t.http.post("/auth/reset-password", { token, new_password: password });
}

const NEXT = "walnut drizzle hinge pivot";

/** What goes through a mailbox. */
export const mailChecks: readonly Check[] = [
  {
    id: "AUTH-05",
    needs: "inspector",
    fix: "Answer every registration alike, and let the mail tell the owner.",
    run: async (t) => {
      const first = await t.people.enrol();
      const before = await storedUser(t, first);
      const again = await t.people.register({ ...t.people.invent(), email: first.email });
      const fresh = await t.people.register(t.people.invent());
      if (fresh.status === 202) {
        t.equal("a taken address is answered like a new one", comparable(again), comparable(fresh));
      } else {
        t.status(
          again,
          409,
          "a taken address is refused, which the rate limit makes slow to exploit",
        );
      }
      t.equal(
        "there is one account",
        (await t.inspector.rows("users", { email: first.email })).length,
        1,
      );
      const after = await storedUser(t, first);
      t.equal("with the password that it had", after.hashed_password, before.hashed_password);
    },
  },
  {
    id: "AUTH-06",
    isAlone: true,
    needs: "inspector",
    feature: "email",
    fix: "Answer 202 whatever the address, do the work after the answer, and put the token into the mail only.",
    run: async (t) => {
      const { email } = await t.people.enrol();
      const seen = t.mailbox.to(email).length;
      const known = t.status(await forgot(t, email), 202, "a known address is taken");
      const unknown = await forgot(t, t.people.invent().email);
      t.equal("an unknown one is answered alike", comparable(unknown), comparable(known));
      const token = tokenIn((await t.mailbox.next(email, seen)).text);
      t.equal("the mail carries a token", token.length >= 43, true);
      t.equal("the answer does not", known.text.includes(token), false);
      const claim = "and takes as long";
      const asks = [() => forgot(t, email), () => forgot(t, t.people.invent().email)] as const;
      await takesAsLong(t, claim, asks);
    },
  },
  {
    id: "AUTH-07",
    needs: "inspector",
    feature: "email",
    fix: "Keep only a hash of the token, for one use and half an hour; a newer one voids it, and a reset ends every session.",
    run: async (t) => {
      const person = await t.people.signUp();
      const older = await resetTokenFor(t, person.email);
      const token = await resetTokenFor(t, person.email);
      t.status(await reset(t, older, NEXT), 400, "a newer token voids the older one");
      t.equal("the token is stored nowhere", (await t.inspector.dump()).includes(token), false);
      t.status(await reset(t, token, NEXT), 204, "the token resets the password");
      t.status(await reset(t, token, NEXT), 400, "once");
      t.status(await person.client.get("/users/me"), 401, "and ends every session");
      t.status(await logIn(t, person.email, NEXT), 200, "the new password signs in");
      const late = await resetTokenFor(t, person.email);
      await ageTokens(t, 31 * 60);
      t.status(await reset(t, late, `${NEXT} again`), 400, "after half an hour a token is void");
    },
  },
];

/** Single-use tokens are in a table of their own, whatever it is called. */
async function ageTokens(t: Trial, seconds: number): Promise<void> {
  const tables = await t.inspector.tables();
  const names = tables.filter((name) => name.endsWith("_tokens") && name !== "refresh_tokens");
  for (const name of names) {
    const [row] = await t.inspector.rows(name);
    const columns = Object.keys(row ?? {}).filter((column) => column.endsWith("_at"));
    await t.inspector.age(name, {}, { columns, seconds });
  }
}
