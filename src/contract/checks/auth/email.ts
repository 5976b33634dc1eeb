import type { Check } from "../../check.js";
import { auditRows, storedUser } from "../steps.js";

/** The address of an account, which is where a new password would go. */
export const emailChecks: readonly Check[] = [
  {
    id: "AUTH-17",
    needs: "inspector",
    fix: "Change an address only with the current password, and leave an audit row.",
    run: async (t) => {
      const person = await t.people.signUp();
      const { email } = t.people.invent();
      const without = await person.client.patch("/users/me", { email });
      t.status(without, [401, 403, 422], "a token alone does not change the address");
      const wrong = { email, current_password: "not the right words" };
      t.status(
        await person.client.patch("/users/me", wrong),
        [401, 403, 422],
        "nor does a wrong password",
      );
      t.equal("it is as it was", (await storedUser(t, person)).email, person.email);
      const right = { email, current_password: person.password };
      const answer = await person.client.patch("/users/me", right);
      t.status(answer, [200, 202], "the right password does");
      if (t.surface.features.has("email")) {
        const mail = await t.mailbox.next(email, 0);
        t.equal("the new address is asked to confirm", mail.to.includes(email), true);
      } else {
        const rows = await auditRows(t, "email_changed", { actor_id: person.id });
        t.equal("and it is on record", rows.length, 1);
      }
    },
  },
];
