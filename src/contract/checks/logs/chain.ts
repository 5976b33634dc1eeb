import type { Check, Trial } from "../../check.js";
import type { Row } from "../../inspector.js";
import type { Ending, Instance } from "../../lab.js";
import type { Person } from "../../people.js";
import { every, hasStatus } from "../support/observe.js";

const AUDIT = "audit_events";
const CHAIN =
  "Chain the rows by a MAC whose key is not in the database, and keep the head beside them.";

function verify(t: Trial, { settings }: Instance): Promise<Ending> {
  return t.lab.cli(["audit", "verify"], { settings });
}

/** The audit log of a server is whole, as the project's own command says. */
async function isWhole(t: Trial, server: Instance): Promise<void> {
  const { exitCode, output } = await verify(t, server);
  t.holds("the audit log is whole", exitCode === 0, {
    ...{ request: "audit verify", expected: "exit code 0" },
    observed: `exit code ${exitCode ?? "none"}: ${output.slice(-300)}`,
  });
}

/** It is not, and the first bad row is named. */
async function isBroken(
  t: Trial,
  server: Instance,
  { claim, seq }: { readonly claim: string; readonly seq: number },
): Promise<void> {
  const { exitCode, output } = await verify(t, server);
  const isNamed = new RegExp(`\\b${seq}\\b`).test(output);
  t.holds(claim, exitCode !== 0 && isNamed, {
    ...{ request: "audit verify", expected: `a failure that names row ${seq}` },
    observed: `exit code ${exitCode ?? "none"}: ${output.slice(-300)}`,
  });
}

async function exports(person: Person, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await person.client.get("/users/me/export");
}

async function rowsOf({ inspector }: Instance): Promise<readonly Row[]> {
  const rows = await inspector.rows(AUDIT);
  return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq));
}

/** Ways to change the log, from its end to its beginning: the first bad row is the newest attack. */
async function tamper(t: Trial, server: Instance): Promise<void> {
  const { inspector } = server;
  const rows = await rowsOf(server);
  const last = rows.length;
  const at = (seq: number): Row => rows[seq - 1] ?? {};
  const id = "00000000-0000-7000-8000-000000000000";
  await inspector.insert(AUDIT, { ...at(last), id, seq: last + 1 });
  await isBroken(t, server, { claim: "a row that was added is found", seq: last + 1 });
  for (const seq of [last + 1, last]) await inspector.remove(AUDIT, { seq });
  await isBroken(t, server, { claim: "the last row is missed", seq: last });
  const [one, two] = [last - 3, last - 2];
  for (const [from, to] of [
    [one, 9999],
    [two, one],
    [9999, two],
  ] as const) {
    await inspector.update(AUDIT, { seq: from }, { seq: to });
  }
  await isBroken(t, server, { claim: "rows that changed places are found", seq: one });
  await inspector.update(AUDIT, { seq: last - 5 }, { event: "logout" });
  await isBroken(t, server, { claim: "a row that was changed is found", seq: last - 5 });
}

/** Whether the audit log can be changed, and by whom it is noticed. */
export const chainChecks: readonly Check[] = [
  {
    id: "LOG-04",
    needs: "inspector",
    fix: CHAIN,
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true, ownServer: true });
      await exports(await t.peopleOf(server).signUp(), 8);
      await server.inspector.disarm();
      await tamper(t, server);
    },
  },
  {
    id: "LOG-05",
    needs: "inspector",
    fix: "Lock the head of the chain while a row is added, in the transaction that adds it.",
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true });
      const { client } = await t.peopleOf(server).admin();
      const asks = Array.from({ length: 50 }, () => client.get("/users"));
      const claim = "fifty audited requests at once are all answered";
      const answers = await Promise.all(asks);
      every(t, { claim, expected: "200, or 503" }, { answers, isRight: hasStatus(200, 503) });
      const numbers = (await rowsOf(server)).map(({ seq }) => Number(seq));
      const gapless = numbers.map((_, at) => at + 1);
      t.equal("their rows are one chain without gap or fork", numbers, gapless);
      await isWhole(t, server);
    },
  },
  {
    id: "LOG-06",
    needs: "inspector",
    fix: "Guard the table with triggers that refuse UPDATE and DELETE, for its owner too.",
    run: async (t) => {
      await t.people.signUp();
      const attempts = {
        "an audit row cannot be changed": () =>
          t.inspector.update(AUDIT, { seq: 1 }, { event: "logout" }),
        "nor be deleted": () => t.inspector.remove(AUDIT, { seq: 1 }),
      };
      for (const [claim, attempt] of Object.entries(attempts)) {
        const observed = await attempt().then(
          (count) => `${count} rows were changed`,
          () => "the database refuses",
        );
        const expected = "the database refuses";
        t.holds(claim, observed === expected, { expected, observed });
      }
      const open = t.surface.operations.filter(
        ({ path, method }) => path.includes("audit") && method !== "GET",
      );
      t.equal(
        "and no route changes one",
        open.map(({ path }) => path),
        [],
      );
    },
  },
  {
    id: "LOG-08",
    needs: "inspector",
    fix: "Write the audit row in the transaction of what it records.",
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true });
      const people = t.peopleOf(server);
      const person = await people.signUp();
      const kept = ["sessions", "users"];
      const count = async (): Promise<readonly number[]> =>
        Promise.all(kept.map(async (table) => (await server.inspector.rows(table)).length));
      const before = await count();
      await server.inspector.rename(AUDIT, "audit_away");
      const answers = [
        await people.logIn(person, people.browser()),
        await people.register(people.invent()),
        await person.client.post("/auth/password", {
          current_password: person.password,
          new_password: "walnut drizzle hinge pivot",
        }),
      ];
      await server.inspector.rename("audit_away", AUDIT);
      const claim = "what cannot be recorded is refused";
      every(t, { claim, expected: "500 or 503" }, { answers, isRight: hasStatus(500, 503) });
      t.equal("no session was opened and no account made", await count(), before);
      await people.signIn(person);
    },
  },
];
