import { randomBytes } from "node:crypto";

import type { Check, Trial } from "../../check.js";
import type { Stored } from "../../inspector.js";
import type { Person } from "../../people.js";
import { auditRows } from "../steps.js";
import { isProblem } from "../support/observe.js";
import { bodyFor, type Owned, personal } from "../support/owned.js";
import { propertiesOf } from "../support/sample.js";

const SEAL =
  "Encrypt with an authenticated cipher, a fresh nonce for each value, and table, column and row as associated data.";
/** As an encrypted value is stored: version, key, and the rest in base64url. */
const SEALED = /^v1\.[\w-]+\.[\w-]+$/;

/** A number that nobody has used. */
function newPhone(): string {
  return `+49${String(randomBytes(4).readUInt32BE()).padStart(10, "1")}`;
}

async function withPhone(t: Trial, phone: string): Promise<Person> {
  const person = await t.people.signUp();
  const answer = await person.client.patch("/users/me", { phone });
  t.equal("a number is shown to its owner", answer.field("phone"), phone);
  return person;
}

async function sealedPhone(t: Trial, { email }: Person): Promise<Stored> {
  const [row] = await t.inspector.rows("users", { email });
  return row?.phone ?? null;
}

function store(t: Trial, { email }: Person, phone: Stored): Promise<number> {
  return t.inspector.update("users", { email }, { phone });
}

/** Another last sign but one; the last one may hold bits that say nothing. */
function altered(sealed: Stored): string {
  const text = String(sealed);
  const at = text.length - 10;
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}

/** 96 bits in base64url, which every value begins with. */
function nonceOf(sealed: Stored): string {
  return String(sealed).split(".")[2]?.slice(0, 16) ?? "";
}

/** What does not open gives an error that tells nothing, and leaves a trace. */
async function isRefused(t: Trial, person: Person, told: readonly string[]): Promise<void> {
  const answer = t.status(await person.client.get("/users/me"), 500, "it is not shown");
  t.equal("the error is a problem", isProblem(answer), true);
  t.equal(
    "which tells nothing",
    told.filter((text) => answer.text.includes(text)),
    [],
  );
  const rows = await auditRows(t, "decryption_failed", { actor_id: person.id });
  t.equal("and is on record", rows.length > 0, true);
}

/** What does not open breaks off no document, and hides no account from administrators. */
async function standsAlone(t: Trial, person: Person): Promise<void> {
  const whole = await person.client.get("/users/me/export");
  t.status(whole, 500, "no export is begun that cannot be whole");
  const { client } = await t.people.admin();
  t.status(await client.get("/users"), 200, "administrators see the accounts");
  const shown = t.status(await client.get(`/users/${person.id}`), 200, "and that one, too");
  t.equal("it is shown without its number", shown.text.includes('"phone":null'), true);
}

/** A row of every resource with every text that it can hold. */
async function rowsWithEverything(
  t: Trial,
  owner: Person,
): Promise<readonly [Owned["list"], string, string][]> {
  const found: [string, string, string][] = [];
  for (const resource of personal(t)) {
    const body: Record<string, unknown> = { ...(await bodyFor(t, owner, resource)) };
    const marks: Record<string, string> = {};
    for (const { name, schema } of propertiesOf(t.surface.document, resource.createSchema)) {
      const isText = JSON.stringify(schema).includes('"type":"string"');
      if (name in body || !isText || /format|enum|pattern/.test(JSON.stringify(schema))) continue;
      marks[name] = `m${randomBytes(6).toString("hex")}`;
    }
    const answer = await owner.client.post(resource.path, { ...body, ...marks });
    if (answer.status !== 201) continue;
    const table = resource.path.slice(1).replaceAll("-", "_");
    const [row = {}] = await t.inspector.rows(table, { id: answer.field("id") });
    for (const [name, mark] of Object.entries(marks)) {
      if (SEALED.test(String(row[name]))) found.push([resource.path, name, mark]);
    }
  }
  return found;
}

/** Values that only their owner may read, whoever has the database. */
export const encryptionChecks: readonly Check[] = [
  {
    id: "DATA-01",
    needs: "inspector",
    fix: SEAL,
    run: async (t) => {
      const phone = newPhone();
      const [one, other] = [await withPhone(t, phone), await withPhone(t, phone)];
      const marks = await rowsWithEverything(t, one);
      const dump = await t.inspector.dump();
      const clear = [phone, ...marks.map(([, , mark]) => mark)];
      t.equal(
        "the database holds no plain text",
        clear.filter((text) => dump.includes(text)),
        [],
      );
      const sealed = await sealedPhone(t, one);
      const nonces = [sealed, await sealedPhone(t, other)].map(nonceOf);
      t.equal("equal values look different: no nonce twice", new Set(nonces).size, 2);
      await store(t, one, altered(sealed));
      await isRefused(t, one, [phone, String(sealed)]);
      await standsAlone(t, one);
      await store(t, one, sealed);
      t.status(await one.client.get("/users/me"), 200, "as it was, it opens");
    },
  },
  {
    id: "DATA-02",
    needs: "inspector",
    fix: SEAL,
    run: async (t) => {
      const phone = newPhone();
      const [owner, thief] = [await withPhone(t, phone), await withPhone(t, newPhone())];
      const own = await sealedPhone(t, thief);
      await store(t, thief, await sealedPhone(t, owner));
      await isRefused(t, thief, [phone]);
      await store(t, thief, own);
    },
  },
  {
    id: "DATA-03",
    needs: "inspector",
    fix: "Encrypt with keys of their own, and derive from each secret one key for each purpose.",
    run: async (t) => {
      const phone = newPhone();
      const person = await withPhone(t, phone);
      const settings = { SECRET_KEY: randomBytes(32).toString("base64") };
      const server = await t.lab.server({ settings });
      const { client } = await t.peopleOf(server).signIn(person);
      const shown = await client.get("/users/me");
      t.equal("another SECRET_KEY loses no data", shown.field("phone"), phone);
    },
  },
  {
    id: "DATA-04",
    needs: "inspector",
    fix: "Offer no filter and no order on what is encrypted; find equal values by a keyed hash.",
    run: async (t) => {
      const [phone, { client }] = [newPhone(), await t.people.admin()];
      const owner = await withPhone(t, phone);
      const queries = [
        `/users?phone=${encodeURIComponent(phone)}`,
        "/users?sort=phone",
        ...(await rowsWithEverything(t, owner)).flatMap(([path, name, mark]) => [
          `${path}?${name}=${mark}`,
          `${path}?sort=${name}`,
        ]),
      ];
      for (const query of queries) {
        t.status(await client.get(query), 422, "what is encrypted is neither searched nor sorted");
      }
    },
  },
];
