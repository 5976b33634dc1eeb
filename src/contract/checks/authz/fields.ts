import type { Check, Trial } from "../../check.js";
import type { Person } from "../../people.js";
import { type Resource, resourcesOf } from "../../surface.js";
import { every, hasStatus, inTurn } from "../support/observe.js";
import { addRow, ANY_VERSION, bodyFor, writerOf } from "../support/owned.js";
import { propertiesOf } from "../support/sample.js";

const FIX = "Let every body's schema forbid what it does not list.";

/** What only the server decides. */
const RESERVED: Readonly<Record<string, unknown>> = {
  id: "01890000-0000-7000-8000-000000000000",
  owner_id: "01890000-0000-7000-8000-000000000000",
  user_id: "01890000-0000-7000-8000-000000000000",
  created_at: "2020-01-01T00:00:00Z",
  is_admin: true,
  role: "admin",
  is_active: true,
  is_verified: true,
  email_verified_at: "2020-01-01T00:00:00Z",
  hashed_password: "x",
  token_version: 1,
};

const fields = Object.entries(RESERVED);
const EXPECTED = { expected: "422" };

/** Of a resource that has such a field itself, it is the client's to set. */
async function refusesFields(t: Trial, anybody: Person, resource: Resource): Promise<void> {
  const person = await writerOf(t, anybody, resource);
  const own = propertiesOf(t.surface.document, resource.createSchema).map(({ name }) => name);
  const foreign = fields.filter(([name]) => !own.includes(name));
  const isRight = hasStatus(422);
  const body = await bodyFor(t, person, resource);
  const made = await inTurn(foreign, ([name, value]) =>
    person.client.post(resource.path, { ...body, [name]: value }),
  );
  every(t, { claim: `nor by ${resource.path}`, ...EXPECTED }, { answers: made, isRight });
  if (!resource.methods.has("PATCH")) return;
  const row = await addRow(t, person, resource);
  const changed = await inTurn(foreign, ([name, value]) =>
    person.client.patch(row.item, { [name]: value }, { headers: ANY_VERSION }),
  );
  const claim = `nor of a row of ${resource.path}`;
  every(t, { claim, ...EXPECTED }, { answers: changed, isRight });
}

/** Fields that a client may not set. */
export const fieldChecks: readonly Check[] = [
  {
    id: "AUTHZ-05",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const person = await t.people.signUp();
      const { client } = person;
      const before = (await client.get("/users/me")).text;
      const isRight = hasStatus(422);
      const changes = await inTurn(fields, ([name, value]) =>
        client.patch("/users/me", { [name]: value }),
      );
      every(
        t,
        { claim: "no such field of one's account is taken", ...EXPECTED },
        { answers: changes, isRight },
      );
      const nested = await client.patch("/users/me", { username: { role: "admin" } });
      t.status(nested, 422, "nor inside another");
      const query = await client.patch("/users/me?role=admin", {});
      t.status(query, 422, "nor in the query");
      t.equal("the account is as it was", (await client.get("/users/me")).text, before);
      for (const resource of resourcesOf(t.surface)) await refusesFields(t, person, resource);
    },
  },
  {
    id: "AUTHZ-06",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const rights = { is_admin: true, role: "admin", is_active: true, is_superuser: true };
      for (const [name, value] of Object.entries(rights)) {
        const account = t.people.invent();
        const answer = await t.http.post("/auth/register", { ...account, [name]: value });
        t.status(answer, 422, `nobody registers with "${name}"`);
        const signedIn = await t.people.logIn(account, t.people.browser());
        t.status(signedIn, 401, "and no account was made");
      }
    },
  },
  {
    id: "AUTHZ-09",
    needs: "inspector",
    fix: "Lock the rows of all administrators before one of them loses the role, and count what would be left.",
    run: async (t) => {
      const server = await t.lab.server({ ownDatabase: true });
      const people = t.peopleOf(server);
      const [one, two] = [await people.admin(), await people.admin()];
      await server.inspector.update("users", { role: "admin" }, { role: "user" });
      for (const { email } of [one, two]) {
        await server.inspector.update("users", { email }, { role: "admin" });
      }
      const both = await Promise.all([
        one.client.patch(`/users/${two.id}`, { role: "user" }),
        two.client.patch(`/users/${one.id}`, { role: "user" }),
      ]);
      const isRight = hasStatus(200, 403, 409, 503);
      const claim = "two who remove each other are both answered";
      every(t, { claim, expected: "200, and 403 or 409" }, { answers: both, isRight });
      const left = await server.inspector.rows("users", { role: "admin" });
      t.equal("one administrator is left", left.length, 1);
      const last = left[0]?.email === one.email ? one : two;
      for (const change of [{ role: "user" }, { is_active: false }]) {
        const answer = await last.client.patch(`/users/${last.id}`, change);
        t.status(answer, 409, `the last one stays: ${JSON.stringify(change)}`);
      }
    },
  },
];
