import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { listAt, textAt } from "../../json.js";
import { every, hasStatus, inTurn, isProblem, isRefused } from "../support/observe.js";
import { addRow, idsIn, personal } from "../support/owned.js";
import { propertiesOf } from "../support/sample.js";

const LISTS = "/auth/sessions";
const REFUSED = "4xx, and a problem";

const isUnprocessable = (answer: Answer): boolean => hasStatus(422)(answer) && isProblem(answer);

/** Lists that the caller may read, with the names of the queries that each one takes. */
function listsOf(
  t: Trial,
): readonly { readonly path: string; readonly parameters: readonly string[] }[] {
  return t.surface.operations
    .filter(({ method, path }) => method === "GET" && !path.includes("{"))
    .map(({ path, details }) => {
      const queries = listAt(details, "parameters").filter((one) => textAt(one, "in") === "query");
      return { path, parameters: queries.map((one) => textAt(one, "name")) };
    });
}

/** How lists are paged, sorted and searched. */
export const listChecks: readonly Check[] = [
  {
    id: "INPUT-12",
    needs: "http",
    fix: "Bound pages to 100, and seal a cursor with a key, its reader and its list.",
    run: async (t) => {
      const [person, other] = [await t.people.signUp(), await t.people.signUp()];
      for (let count = 0; count < 2; count += 1) await t.people.signIn(person);
      const limits = ["0", "-1", "101", "1000000000", "", "1.5", "1e1", "%20"];
      const pages = await inTurn(limits, (limit) => person.client.get(`${LISTS}?limit=${limit}`));
      every(
        t,
        { claim: "a page has 1 to 100 rows", expected: "422" },
        { answers: pages, isRight: isUnprocessable },
      );
      const first = t.status(
        await person.client.get(`${LISTS}?limit=1`),
        200,
        "a page can be read",
      );
      const cursor = first.field("next_cursor");
      const next = t.status(
        await person.client.get(`${LISTS}?limit=1&cursor=${cursor}`),
        200,
        "and the next",
      );
      t.equal(
        "it holds another row",
        idsIn(next).filter((id) => idsIn(first).includes(id)),
        [],
      );
      const foreign = await other.client.get(`${LISTS}?cursor=${cursor}`);
      t.status(foreign, [400, 422], "a cursor serves its reader alone");
      const middle = Math.floor(cursor.length / 2);
      const changed =
        cursor.slice(0, middle) + (cursor[middle] === "A" ? "B" : "A") + cursor.slice(middle + 1);
      const cursors = [changed, cursor.slice(1), `${cursor}A`, "a", "%00", "../x", "1'--", "e30"];
      const answers = await inTurn(cursors, (one) => person.client.get(`${LISTS}?cursor=${one}`));
      every(
        t,
        { claim: "a cursor that was changed is none", expected: REFUSED },
        { answers, isRight: isRefused },
      );
    },
  },
  {
    id: "INPUT-13",
    needs: "http",
    fix: "Look the wanted order up in a list of columns; never build it from the text.",
    run: async (t) => {
      const lists = listsOf(t).filter(({ parameters }) => parameters.includes("sort"));
      if (lists.length === 0) t.skip("no list of the project can be sorted");
      const { client } = await t.people.signUp();
      const orders = [
        "id;drop table users",
        "(select 1)",
        "hashed_password",
        "-",
        "owner.email",
        "id asc",
        "created_at,created_at",
        Array.from({ length: 1000 }, () => "-id").join(","),
      ];
      for (const { path } of lists) {
        const answers = await inTurn(orders, (order) =>
          client.send(`${path}?sort=${encodeURIComponent(order)}`),
        );
        const isRight = (answer: Answer): boolean =>
          isRefused(answer) && hasStatus(400, 403, 422)(answer);
        every(
          t,
          { claim: `${path} is sorted by its own fields only`, expected: "422" },
          { answers, isRight },
        );
      }
    },
  },
  {
    id: "INPUT-14",
    needs: "http",
    fix: "Compare with bound parameters, and escape %, _ and \\ where a pattern is made.",
    run: async (t) => {
      const person = await t.people.signUp();
      const texts = ["%", "_", "\\", "'||(select 1)--", "' or '1'='1", '" or ""="', "%25%25"];
      let count = 0;
      for (const resource of personal(t)) {
        const row = await addRow(t, person, resource);
        const strings = propertiesOf(t.surface.document, resource.createSchema).filter(
          ({ schema }) => textAt(schema, "type") === "string" && textAt(schema, "format") === "",
        );
        const list = listsOf(t).find(({ path }) => path === `/api/v1${row.list}`);
        const filters = ["q", "search", ...strings.map(({ name }) => name)].filter((name) =>
          list?.parameters.includes(name),
        );
        for (const name of filters) {
          count += 1;
          const answers = await inTurn(texts, (text) =>
            person.client.get(`${row.list}?${name}=${encodeURIComponent(text)}`),
          );
          const isRight = (answer: Answer): boolean =>
            isRefused(answer) || (answer.status === 200 && idsIn(answer).length === 0);
          const claim = `${name} of ${row.list} is compared letter by letter`;
          every(t, { claim, expected: "no row, or 422" }, { answers, isRight });
        }
      }
      if (count === 0) t.skip("no list of the project can be searched by a text");
    },
  },
];
