import { isDeepStrictEqual } from "node:util";

import type { Check, Trial } from "../../check.js";
import type { Person } from "../../people.js";
import type { Resource } from "../../surface.js";
import { every, hasStatus } from "../support/observe.js";
import { addRow, bodyFor, type Owned, ownedBy, personal } from "../support/owned.js";

const NO_RESOURCE = "the project has no resource that belongs to a user";
const COMMIT =
  "Commit before the answer is sent: close the transaction inside the route's own scope.";

/** Names that the person is known by, in any row. */
function traces({ email, username }: Person): readonly string[] {
  return [email, username];
}

async function editable(t: Trial, person: Person): Promise<readonly Owned[]> {
  const rows: Owned[] = [];
  for (const resource of personal(t)) {
    if (resource.methods.has("PATCH")) rows.push(await addRow(t, person, resource));
  }
  if (rows.length === 0) t.skip(NO_RESOURCE);
  return rows;
}

/** Of two who have read the same version, the second is told. */
async function guardsVersions(t: Trial, { client }: Person, row: Owned): Promise<void> {
  const read = await client.get(row.item);
  const tag = read.header("etag") ?? "";
  t.holds(`${row.list} shows a version`, /^"[^"]+"$/.test(tag), {
    ...{ request: read.request, expected: "an ETag", observed: tag },
  });
  const headers = { "if-match": tag };
  const change = (to: unknown) => client.patch(row.item, to, { headers });
  const made = await Promise.all([change(row.change), change(row.change)]);
  const claim = `two changes of one version of ${row.list} at once are both answered`;
  every(
    t,
    { claim, expected: "200, 412 or 503" },
    { answers: made, isRight: hasStatus(200, 412, 503) },
  );
  const after = (await client.get(row.item)).header("etag");
  if (after === tag) {
    const won = made.filter(({ status }) => status === 200).length;
    t.equal("a change leaves another version", won, 0);
  }
  t.status(
    await change(row.change),
    412,
    "a version that was changed meanwhile is not changed again",
  );
  const gone = await client.delete(row.item, { headers });
  t.status(gone, 412, "nor deleted");
  const weak = await client.patch(row.item, row.change, {
    headers: { "if-match": `W/${after ?? ""}` },
  });
  t.status(weak, 412, "a weak version equals nothing");
}

/** The same request under the same key happens once. */
async function happensOnce(t: Trial, person: Person, resource: Resource): Promise<void> {
  const { client } = person;
  const { path } = resource;
  const body = await bodyFor(t, person, resource);
  const headers = { "idempotency-key": `key-of-${path.slice(1)}` };
  const before = (await client.get(`${path}?limit=100`)).field("items", "length");
  const answers = await Promise.all([1, 2, 3].map(() => client.post(path, body, { headers })));
  const claim = `a repeated POST of ${path} is answered`;
  every(t, { claim, expected: "201, 409 or 503" }, { answers, isRight: hasStatus(201, 409, 503) });
  const again = t.status(await client.post(path, body, { headers }), 201, "it is answered again");
  const ids = [...answers, again]
    .filter(({ status }) => status === 201)
    .map((one) => one.field("id"));
  t.equal("and happened once", new Set(ids).size, 1);
  const after = (await client.get(`${path}?limit=100`)).field("items", "length");
  t.equal("there is one row more", Number(after) - Number(before), 1);
  const other = await bodyFor(t, person, resource);
  // A body of nothing but choices may come out the same.
  if (isDeepStrictEqual(other, body)) return;
  const refused = await client.post(path, other, { headers });
  t.status(refused, 422, "another request does not have the same key");
}

/** Rows: when they are there, when they are gone, and which change counts. */
export const rowChecks: readonly Check[] = [
  {
    id: "DATA-05",
    needs: "inspector",
    fix: "Delete with the account all that belongs to it, and keep in the audit log ids and shortened addresses only.",
    run: async (t) => {
      const person = await t.people.signUp();
      await ownedBy(t, person);
      await person.client.patch("/users/me", { phone: "+4930987654321" });
      const before = await t.inspector.dump();
      t.equal("before, the database knows the person", before.includes(person.email), true);
      t.status(await person.client.delete("/users/me"), 204, "an account can be deleted");
      const dump = await t.inspector.dump();
      t.equal(
        "no row holds a name of theirs",
        traces(person).filter((text) => dump.includes(text)),
        [],
      );
      const lines = dump.split("\n").filter((line) => line.includes(person.id));
      const tables = new Set(lines.map((line) => line.slice(0, line.indexOf(":"))));
      t.equal("their id stands in the audit log only", [...tables], ["audit_events"]);
      const events = await t.inspector.rows("audit_events", { actor_id: person.id });
      const whole = events.filter(({ ip }) => !/\/(24|48)$/.test(String(ip)));
      t.equal("with shortened addresses", whole.length, 0);
      t.equal("and no name in the details", dump.includes("127.0.0.1"), false);
    },
  },
  {
    id: "DATA-06",
    needs: "inspector",
    fix: COMMIT,
    run: async (t) => {
      const person = await t.people.signUp();
      const rows = personal(t);
      for (let turn = 0; turn < 10; turn += 1) {
        const { username } = t.people.invent();
        t.status(await person.client.patch("/users/me", { username }), 200, "a change is answered");
        const [row] = await t.inspector.rows("users", { email: person.email });
        t.equal("and stored by then", row?.username, username);
        for (const resource of rows) {
          const { item } = await addRow(t, person, resource);
          t.status(await person.client.get(item), 200, "what was just made can be read");
        }
      }
    },
  },
  {
    id: "DATA-07",
    needs: "http",
    fix: "Compare If-Match with the version of the row that is locked for the change.",
    run: async (t) => {
      const person = await t.people.signUp();
      for (const row of await editable(t, person)) await guardsVersions(t, person, row);
    },
  },
  {
    id: "DATA-09",
    needs: "http",
    fix: "Keep the answer under its Idempotency-Key, of one user and one request, in the transaction that makes the row.",
    run: async (t) => {
      const [person, other] = [await t.people.signUp(), await t.people.signUp()];
      const resources = personal(t);
      if (resources.length === 0) t.skip(NO_RESOURCE);
      for (const resource of resources) await happensOnce(t, person, resource);
      const [resource] = resources;
      if (resource !== undefined) await happensOnce(t, other, resource);
    },
  },
];
