import { randomBytes } from "node:crypto";

import type { Check } from "../../check.js";
import { listAt } from "../../json.js";
import { auditRows } from "../steps.js";
import { confirm, fromBase32, guarded, logInWith, PATH, start } from "./app.js";

const FEATURE = { feature: "two-factor", needs: "inspector" } as const;

/** The names of hidden texts that stand where they must not. */
function found(text: string, hidden: readonly string[]): readonly string[] {
  const upper = text.toUpperCase();
  return hidden.filter((one) => upper.includes(one.toUpperCase()));
}

/** Every spelling of a secret that somebody could read it by. */
function spellings(secret: string): readonly string[] {
  const raw = fromBase32(secret);
  return [secret, raw.toString("hex"), raw.toString("base64"), raw.toString("base64url")];
}

/** What is kept of a second factor, where, and for how long. */
export const keepingChecks: readonly Check[] = [
  {
    id: "TFA-06",
    ...FEATURE,
    fix: "Store hashes of recovery codes, and delete the row by the statement that finds it.",
    run: async (t) => {
      const [person, other] = [await guarded(t), await guarded(t)];
      const codes = person.app.recovery;
      t.equal("there are ten", new Set(codes).size, 10);
      const short = codes.filter(
        (code) => fromBase32(code.replaceAll("-", "").toUpperCase()).length < 15,
      );
      t.equal("of 120 bits", short, []);
      const dump = await t.inspector.dump();
      const plain = codes.map((code) => code.replaceAll("-", ""));
      t.equal("none is stored in clear", found(dump, [...codes, ...plain]), []);
      const [first = "", second = ""] = codes;
      const stolen = await logInWith(t.http, other, first);
      t.equal("they are their owner's", stolen.field("code"), "invalid_otp");
      const asks = Array.from({ length: 8 }, () => logInWith(t.http, person, first));
      const won = (await Promise.all(asks)).filter(({ status }) => status === 200).length;
      t.equal("each is good once, also for eight at once", won, 1);
      await t.inspector.remove("login_throttles", {});
      const typed = second.replaceAll("-", "").toUpperCase();
      t.status(await logInWith(t.http, person, typed), 200, "however it is typed");
      const used = await auditRows(t, "recovery_code_used", { actor_id: person.id });
      t.equal("and its use is on record", used.length, 2);
    },
  },
  {
    id: "TFA-07",
    ...FEATURE,
    fix: "Encrypt the secret with its table, column and row as associated data, and let keys rotate find it.",
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true });
      const people = t.peopleOf(server);
      const make = async () => {
        const person = await people.signUp();
        const app = await start(person);
        await confirm(person.client, app.code());
        return { ...person, app };
      };
      const [victim, thief] = [await make(), await make()];
      const { inspector, settings } = server;
      const sealed = async ({ id }: { readonly id: string }): Promise<string> =>
        String((await inspector.rows("two_factors", { owner_id: id }))[0]?.secret);
      const secrets = [victim, thief].flatMap(({ app }) => spellings(app.secret));
      t.equal("no secret is stored in clear", found(await inspector.dump(), secrets), []);
      const own = await sealed(victim);
      const copied = { secret: await sealed(thief), last_step: null };
      await inspector.update("two_factors", { owner_id: victim.id }, copied);
      const client = t.clientOf(server);
      const stolen = await logInWith(client, victim, thief.app.code());
      t.status(stolen, 500, "a secret that was copied to another row does not open");
      const back = { secret: own, last_step: null };
      await inspector.update("two_factors", { owner_id: victim.id }, back);
      const next = `next:${randomBytes(32).toString("base64")}`;
      const { ENCRYPTION_KEYS: earlier = "", DATABASE_URL } = settings;
      const both = { DATABASE_URL, ENCRYPTION_KEYS: `${next},${earlier}` };
      const rotated = await t.lab.cli(["keys", "rotate"], { settings: both });
      t.equal("keys can be rotated", rotated.exitCode, 0);
      t.equal("under the secret too", (await sealed(victim)).startsWith("v1.next."), true);
    },
  },
  {
    id: "TFA-11",
    ...FEATURE,
    fix: "Give codes and secrets names that the redaction knows, and list columns of the export by name.",
    run: async (t) => {
      const person = await guarded(t);
      const { app, client } = person;
      const [recovery = "", unused = ""] = app.recovery;
      await logInWith(t.http, person, recovery);
      await client.post(`${PATH}/confirm`, { otp: unused, extra: recovery });
      await t.http.post(`/auth/login?otp=${unused}`);
      const exported = await client.get("/users/me/export");
      t.equal("the export says that it is on", exported.text.includes("two_factors"), true);
      const hidden = [...spellings(app.secret), ...app.recovery];
      t.equal("and neither secret nor code", found(exported.text, hidden), []);
      t.equal("the log neither", found(t.instance.log(), hidden), []);
      const rows = await t.inspector.rows("audit_events", { actor_id: person.id });
      t.equal("nor the audit log", found(JSON.stringify(rows), hidden), []);
      t.equal("records of it exist", listAt(exported.json, "records", "recovery_codes").length, 9);
      t.status(await client.delete("/users/me"), 204, "the account goes");
      const left = await Promise.all(
        ["two_factors", "recovery_codes"].map((table) =>
          t.inspector.rows(table, { owner_id: person.id }),
        ),
      );
      t.equal("and everything with it", left.flat().length, 0);
    },
  },
];
