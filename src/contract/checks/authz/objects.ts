import { randomUUID } from "node:crypto";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Person } from "../../people.js";
import { textAt } from "../../json.js";
import { resourcesOf } from "../../surface.js";
import { comparable } from "../../trial.js";
import { every, hasStatus } from "../support/observe.js";
import {
  addRow,
  ANY_VERSION,
  bodyFor,
  idsIn,
  ownable,
  type Owned,
  ownedBy,
  parentOf,
} from "../support/owned.js";
import { propertiesOf } from "../support/sample.js";

const FIX = "Give every query on owned rows the caller's id, in the statement itself.";

function act(person: Person, method: string, { item, change }: Owned): Promise<Answer> {
  const isChange = method === "PATCH" || method === "PUT";
  const json = isChange ? { json: change ?? {} } : {};
  return person.client.ask(item, { method, headers: ANY_VERSION, ...json });
}

/** References to rows that have an owner, in the bodies that make a row. */
function references(t: Trial, isList: boolean) {
  return ownable(t).flatMap((resource) =>
    propertiesOf(t.surface.document, resource.createSchema).flatMap((property) => {
      const parent = parentOf(t, resource, property);
      const isMeant = (textAt(property.schema, "type") === "array") === isList;
      return parent === undefined || parent.isShared || !isMeant
        ? []
        : [{ resource, property, parent }];
    }),
  );
}

async function hangOnto(t: Trial, isList: boolean): Promise<void> {
  const found = references(t, isList);
  if (found.length === 0) t.skip("no resource of the project refers to another one that way");
  const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
  for (const { resource, property, parent } of found) {
    const foreign = (await addRow(t, owner, parent)).id;
    const body = await bodyFor(t, stranger, resource);
    const value = isList ? [foreign] : foreign;
    const answer = await stranger.client.post(resource.path, { ...body, [property.name]: value });
    t.status(answer, [404, 422], `${property.name} of ${resource.path} is one's own`);
  }
}

/** Two people, and what belongs to one of them. */
export const objectChecks: readonly Check[] = [
  {
    id: "AUTHZ-02",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
      for (const row of await ownedBy(t, owner)) {
        for (const method of row.methods) {
          const answer = await act(stranger, method, row);
          t.status(answer, 404, `${method} of somebody else's ${row.list} finds nothing`);
        }
        const left = idsIn(await owner.client.get(row.list)).includes(row.id);
        const observed = left ? "it is still there" : "it is gone";
        t.holds("its owner still has it", left, { expected: "it is still there", observed });
      }
    },
  },
  {
    id: "AUTHZ-03",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
      const seen = ownable(t).filter(({ isPublic }) => isPublic);
      const rows = (await ownedBy(t, owner)).filter(
        ({ list }) => !seen.some(({ path }) => path === list),
      );
      for (const { list, id } of rows) {
        const answer = await stranger.client.get(`${list}?limit=100`);
        const observed = answer.text.includes(id) ? "the other's row" : "the caller's rows only";
        const seen = { request: answer.request, expected: "the caller's rows only", observed };
        t.holds(`${list} lists no row of somebody else`, observed === seen.expected, seen);
      }
      const exported = await stranger.client.get("/users/me/export");
      t.status(exported, 200, "everybody can have what is held about them");
      const foreign = [owner.id, owner.email, ...rows.map(({ id }) => id)];
      t.equal(
        "it is about nobody else",
        foreign.filter((text) => exported.text.includes(text)),
        [],
      );
    },
  },
  {
    id: "AUTHZ-04",
    needs: "http",
    fix: "Refuse what is not there and what is not the caller's by the same error.",
    run: async (t) => {
      const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
      for (const row of await ownedBy(t, owner)) {
        const nowhere = { ...row, item: row.item.replace(row.id, randomUUID()) };
        for (const method of row.methods) {
          const foreign = comparable(await act(stranger, method, row));
          const missing = comparable(await act(stranger, method, nowhere));
          t.equal(
            `${method} of a foreign and of a missing ${row.list} look alike`,
            foreign,
            missing,
          );
        }
      }
    },
  },
  { id: "AUTHZ-08", needs: "http", fix: FIX, run: (t) => hangOnto(t, false) },
  { id: "AUTHZ-12", needs: "http", fix: FIX, run: (t) => hangOnto(t, true) },
  {
    id: "AUTHZ-13",
    needs: "http",
    fix: "Export JSON; in CSV put an apostrophe before a cell that starts with =, +, -, @, tab or return.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const answer = await client.get("/users/me/export");
      every(
        t,
        { claim: "an export is JSON, which no spreadsheet runs", expected: "application/json" },
        {
          answers: [answer],
          isRight: (one) =>
            one.header("content-type") === "application/json" && hasStatus(200)(one),
        },
      );
      const tables = resourcesOf(t.surface).filter(({ itemPath }) => itemPath.endsWith(".csv"));
      t.equal("no resource is exported as a table", tables, []);
    },
  },
];
