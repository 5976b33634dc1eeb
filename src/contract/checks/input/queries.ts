import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { textAt } from "../../json.js";
import { resourcesOf } from "../../surface.js";
import { every, hasStatus, inTurn, isProblem, isRefused } from "../support/observe.js";
import { ANY_VERSION, bodyFor, ownedBy, writerOf } from "../support/owned.js";
import { propertiesOf } from "../support/sample.js";

const ODD_IDS = [
  "2147483648",
  "9223372036854775807",
  "9223372036854775808",
  "-1",
  "0",
  "1".repeat(40),
  "1".repeat(5000),
  "1e3",
  "0x10",
  "1_000",
  "+1",
  "%D9%A1%D9%A2",
  "null",
  "undefined",
  "a%27b",
  "00000000-0000-0000-0000-00000000000g",
  "{00000000-0000-7000-8000-000000000000}",
];
const LISTS = "/auth/sessions";
const REFUSED = "4xx, and a problem";

const isUnprocessable = (answer: Answer): boolean => hasStatus(422)(answer) && isProblem(answer);

/** What stands in a path and in a query. */
export const queryChecks: readonly Check[] = [
  {
    id: "INPUT-04",
    needs: "http",
    fix: "Declare ids as UUIDs, so that anything else is refused before a query is made.",
    run: async (t) => {
      const person = await t.people.signUp();
      const rows = await ownedBy(t, person);
      for (const { list, methods } of rows) {
        const method = methods.includes("GET") ? "GET" : "DELETE";
        const answers = await inTurn(ODD_IDS, (id) =>
          person.client.ask(`${list}/${id}`, { method, headers: ANY_VERSION }),
        );
        const isRight = (answer: Answer): boolean =>
          isRefused(answer) && hasStatus(400, 404, 422)(answer);
        every(
          t,
          { claim: `an odd id of ${list} breaks nothing`, expected: "404 or 422" },
          { answers, isRight },
        );
      }
    },
  },
  {
    id: "INPUT-05",
    needs: "http",
    fix: "Give every number the bounds of its column.",
    run: async (t) => {
      const person = await t.people.signUp();
      const limits = ["2147483648", "9223372036854775808", "-9223372036854775809"];
      const pages = await inTurn(limits, (limit) => person.client.get(`${LISTS}?limit=${limit}`));
      every(
        t,
        { claim: "a page has bounds", expected: "422" },
        { answers: pages, isRight: isUnprocessable },
      );
      for (const resource of resourcesOf(t.surface)) {
        const { client } = await writerOf(t, person, resource);
        const body = await bodyFor(t, person, resource);
        const numbers = propertiesOf(t.surface.document, resource.createSchema).filter(
          ({ schema }) => textAt(schema, "type") === "integer",
        );
        const answers = await inTurn(numbers, ({ name }) => {
          const text = JSON.stringify({ ...body, [name]: "@" }).replace(
            '"@"',
            "9223372036854775808",
          );
          const headers = { "content-type": "application/json" };
          return client.ask(resource.path, { method: "POST", body: text, headers });
        });
        if (answers.length === 0) continue;
        every(
          t,
          { claim: `so has every number of ${resource.path}`, expected: "422" },
          { answers, isRight: isUnprocessable },
        );
      }
    },
  },
  {
    id: "INPUT-11",
    needs: "http",
    fix: "Read queries through a model that forbids what it does not list, and refuse what stands twice.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const queries = [
        "limit=1&limit=100000",
        "limit[]=1",
        "unknown=1",
        "limit=1&cursor=&x",
        "LIMIT=1",
        "limit=1;limit=2",
      ];
      const answers = await inTurn(queries, (query) => client.get(`${LISTS}?${query}`));
      const unread = ["/users/me?unknown=1", "/users/me?limit=1", "/auth/sessions?access_token=x"];
      const others = await inTurn(unread, (path) => client.get(path));
      every(
        t,
        { claim: "what no route reads is refused", expected: REFUSED },
        { answers: [...answers, ...others], isRight: isRefused },
      );
    },
  },
];
