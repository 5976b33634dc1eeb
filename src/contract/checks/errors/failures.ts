import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Instance } from "../../lab.js";
import type { Person } from "../../people.js";
import { every, hasStatus, inTurn, isProblem } from "../support/observe.js";

/** What only the inside of a server says. */
const INSIDE =
  /traceback|file "|\.py\b|sqlalchemy|asyncpg|sqlite|postgres|select |insert |\bline \d+|errno|localhost|\/home\/|\/work\/|no such table|does not exist/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Nothing listens there. */
const NO_DATABASE = "postgresql://nobody:violet-anchor@127.0.0.1:1/none";
const BROKEN_REQUESTS = 50;

interface Broken {
  readonly server: Instance;
  readonly person: Person;
  readonly mend: () => Promise<void>;
}

/** A server of its own whose table of users is gone. */
async function broken(t: Trial): Promise<Broken> {
  const server = await t.lab.server({ ownDatabase: true, ownServer: true });
  const person = await t.peopleOf(server).signUp();
  await server.inspector.rename("users", "users_away");
  return { server, person, mend: () => server.inspector.rename("users_away", "users") };
}

function tellsNothing(answer: Answer): boolean {
  const text = [answer.text, ...answer.headers.map(([, value]) => value)].join("\n");
  return !INSIDE.test(text);
}

/** What happens when something breaks. */
export const failureChecks: readonly Check[] = [
  {
    id: "ERR-01",
    needs: "inspector",
    fix: "Catch everything outside the framework, answer a problem with the request's id, and log the rest.",
    run: async (t) => {
      const { server, person, mend } = await broken(t);
      const client = t.clientOf(server);
      const answers = [
        await person.client.get("/users/me"),
        await client.post("/auth/register", t.people.invent()),
        await t.people.logIn(person, client.fresh()),
      ];
      await mend();
      const isRight = (answer: Answer): boolean =>
        hasStatus(500, 503)(answer) && isProblem(answer) && UUID.test(answer.field("request_id"));
      const expected = "500 or 503, a problem with a request id";
      every(
        t,
        { claim: "a broken database is an error of the server", expected },
        { answers, isRight },
      );
      const claim = "it tells nothing of the inside";
      every(
        t,
        { claim, expected: "no path, SQL, driver or host" },
        { answers, isRight: tellsNothing },
      );
      every(
        t,
        { claim: "it carries the security headers", expected: "nosniff, no-store" },
        {
          answers,
          isRight: (answer) =>
            answer.header("x-content-type-options") === "nosniff" &&
            answer.header("cache-control") === "no-store",
        },
      );
    },
  },
  {
    id: "ERR-05",
    needs: "http",
    fix: "Translate what the database refuses, by its kind, in one place.",
    run: async (t) => {
      const account = t.people.invent();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => t.people.register(account)),
      );
      const isRight = (answer: Answer): boolean =>
        hasStatus(201, 202, 409, 503)(answer) && tellsNothing(answer);
      const expected = "201 or 202, 409, or 503; no name of a constraint";
      every(t, { claim: "what the database refuses is no bug", expected }, { answers, isRight });
    },
  },
  {
    id: "ERR-06",
    needs: "inspector",
    fix: "Give the connection back and roll back in one place, whatever happens in between.",
    run: async (t) => {
      const { person, mend } = await broken(t);
      const turns = Array.from({ length: BROKEN_REQUESTS }, () => "/users/me");
      const answers = await inTurn(turns, (path) => person.client.get(path));
      await mend();
      every(
        t,
        { claim: "every request fails while the table is away", expected: "500 or 503" },
        {
          answers,
          isRight: hasStatus(500, 503),
        },
      );
      t.status(await person.client.get("/users/me"), 200, "the next one works");
    },
  },
  {
    id: "ERR-07",
    needs: "inspector",
    fix: "Let liveness ask nobody, and readiness ask the database within a second or two.",
    run: async (t) => {
      const server = await t.lab.server({ settings: { DATABASE_URL: NO_DATABASE } });
      const client = t.clientOf(server);
      t.status(await client.send("/health/live"), 200, "without a database the process is alive");
      const ready = t.status(await client.send("/health/ready"), 503, "and not ready");
      every(
        t,
        { claim: "it does not say why", expected: "no driver, host or message" },
        {
          answers: [ready, await client.get("/users/me")],
          isRight: tellsNothing,
        },
      );
    },
  },
];
