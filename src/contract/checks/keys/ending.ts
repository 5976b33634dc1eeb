import type { Check } from "../../check.js";
import { comparable } from "../../trial.js";
import { FEATURE, madeUp, newKey, PATH, program } from "./support.js";

/** When keys are dead. */
export const endingChecks: readonly Check[] = [
  {
    id: "KEY-08",
    ...FEATURE,
    fix: "Delete an account's keys when it is deactivated.",
    run: async (t) => {
      const [admin, person] = [await t.people.admin(), await t.people.signUp()];
      const key = program(t, (await newKey(person)).text);
      t.status(await key.get("/users/me"), 200, "a key works");
      for (const is_active of [false, true]) {
        const answer = await admin.client.patch(`/users/${person.id}`, { is_active });
        t.status(answer, 200, "an account is switched");
        t.status(await key.get("/users/me"), 401, "its keys are dead, and stay so");
      }
      const again = await t.people.signIn(person);
      const other = program(t, (await newKey(again)).text);
      t.status(await admin.client.delete(`/users/${person.id}`), 204, "an account goes");
      t.status(await other.get("/users/me"), 401, "its keys with it");
    },
  },
  {
    id: "KEY-13",
    ...FEATURE,
    fix: "Answer every key that is not good by one refusal.",
    run: async (t) => {
      const person = await t.people.signUp();
      const [revoked, expired] = [await newKey(person), await newKey(person)];
      await person.client.delete(`${PATH}/${revoked.id}`);
      await t.inspector.age(
        "api_keys",
        { id: expired.id },
        { columns: ["expires_at"], seconds: 400 * 24 * 3600 },
      );
      const texts = [revoked.text, expired.text, madeUp(revoked), "my key", "x"];
      const seen = new Set<string>();
      for (const text of texts) {
        const answer = await program(t, text).get("/users/me");
        t.status(answer, 401, "a key that is not good is refused at once");
        seen.add(comparable(answer));
      }
      t.equal("and nobody learns why", seen.size, 1);
    },
  },
];
