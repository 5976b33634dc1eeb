import type { Check } from "../../check.js";
import { every, hasStatus, inTurn, isProblem } from "../support/observe.js";
import { bodyFor, personal } from "../support/owned.js";
import { address, attempt, from, limited, SIGN_INS_A_MINUTE } from "./attempts.js";

const BLOCKED = 100;
const CHEAP_MILLISECONDS = 20;
const ROWS = 2;
/** Nothing listens there. */
const NO_STORE = "redis://127.0.0.1:1/0";

/** What limits do when they are hit, missing, or turned against their owner. */
export const resilienceChecks: readonly Check[] = [
  {
    id: "RATE-05",
    needs: "inspector",
    profiles: ["production"],
    fix: "Keep counts in a shared store, and refuse to start several workers without one.",
    run: async (t) => {
      const ways: readonly Record<string, string>[] = [
        { WEB_CONCURRENCY: "2" },
        // What gunicorn is told beside wins over it.
        { WEB_CONCURRENCY: "1", GUNICORN_CMD_ARGS: "--workers=2" },
      ];
      for (const way of ways) {
        const { exitCode, output } = await t.lab.boot({ REDIS_URL: "", ...way });
        t.holds(
          "several workers with a count each do not start",
          exitCode === 78 && output.includes("REDIS_URL"),
          {
            request: `start with REDIS_URL= ${JSON.stringify(way)}`,
            expected: "exit code 78, and REDIS_URL named",
            observed: `exit code ${exitCode ?? "none"}: ${output.slice(-300)}`,
          },
        );
      }
      if ((t.lab.settings.REDIS_URL ?? "") === "") return;
      const client = from(t.clientOf(await limited(t)), address());
      const answers = await Promise.all(
        Array.from({ length: SIGN_INS_A_MINUTE * 3 }, (_, number) => attempt(t, client, number)),
      );
      const taken = answers.filter(({ status }) => status === 401).length;
      t.holds("thirty at once, to all workers, find one limit", taken <= SIGN_INS_A_MINUTE, {
        expected: `at most ${SIGN_INS_A_MINUTE} taken`,
        observed: `${taken} taken`,
      });
    },
  },
  {
    id: "RATE-06",
    needs: "inspector",
    fix: "Where the store of counts is away, refuse what guesses passwords with 503 and let reading go on.",
    run: async (t) => {
      const person = await t.people.signUp();
      const server = await t.lab.server({ settings: { REDIS_URL: NO_STORE } });
      const client = t.clientOf(server);
      const answer = await t.people.logIn(person, client.fresh());
      t.status(answer, 503, "without counts nobody signs in");
      const reader = client.with({ authorization: `Bearer ${person.accessToken}` });
      t.status(await reader.get("/users/me"), 200, "who is signed in goes on reading");
    },
  },
  {
    id: "RATE-07",
    isAlone: true,
    needs: "inspector",
    fix: "Ask the limiter before the password is hashed, and write one audit row per key and window.",
    run: async (t) => {
      const settings = { RATE_LIMIT_AUTH: "1/minute", TRUSTED_PROXIES: "127.0.0.1" };
      const server = await t.lab.server({ settings, ownDatabase: true });
      const client = from(t.clientOf(server), address());
      const form = { username: "nobody", password: "violet anchor meadow" };
      const ask = () => client.ask("/auth/login", { method: "POST", form });
      const counted = await ask();
      const turns = Array.from({ length: BLOCKED }, () => 0);
      const answers = await inTurn(turns, ask);
      const words = { claim: "all of them are refused", expected: "429" };
      every(t, words, { answers, isRight: hasStatus(429) });
      const times = answers.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
      const usual = times[BLOCKED / 2] ?? 0;
      const limit = Math.max(CHEAP_MILLISECONDS, counted.milliseconds / 2);
      t.holds("refusing them costs next to nothing", usual < limit, {
        expected: `half of them within ${Math.round(limit)} ms`,
        observed: `${Math.round(usual)} ms`,
      });
      const rows = await server.inspector.rows("audit_events", { event: "rate_limited" });
      t.holds("they leave a row or two, not one each", rows.length >= 1 && rows.length <= 3, {
        expected: "1 to 3 rows",
        observed: `${rows.length} rows`,
      });
    },
  },
  {
    id: "RATE-08",
    needs: "http",
    fix: "Let a browser that has signed in before count its failures apart from everybody else's.",
    run: async (t) => {
      const account = await t.people.enrol();
      const known = t.people.browser();
      await t.people.signIn(account, known);
      const wrong = { ...account, password: "not the password at all" };
      const guesses = await inTurn(
        Array.from({ length: 7 }, () => 0),
        () => t.people.logIn(wrong, t.people.browser()),
      );
      t.status(
        guesses[6] ?? t.skip("nothing was tried"),
        429,
        "a stranger who guesses has to wait",
      );
      t.status(
        await t.people.logIn(account, known),
        200,
        "the owner's browser gets in all the same",
      );
    },
  },
  {
    id: "RATE-09",
    needs: "inspector",
    fix: "Count what a user has before more is written, in the same transaction.",
    run: async (t) => {
      const resource = personal(t)[0];
      if (resource === undefined) return t.skip("the project has no resources of users");
      const server = await t.lab.server({ settings: { MAX_ROWS_PER_USER: `${ROWS}` } });
      const person = await t.people.signUp();
      const { client } = await t.peopleOf(server).signIn(person);
      const turns = Array.from({ length: ROWS + 1 }, () => resource.path);
      // Parents are made where there is room; and what is unique is another one each time.
      const answers = await inTurn(turns, async (path) =>
        client.post(path, await bodyFor(t, person, resource)),
      );
      every(
        t,
        { claim: "a user has so many rows, and no more", expected: "403, quota_exceeded" },
        {
          answers: answers.slice(-1),
          isRight: (one) => one.field("code") === "quota_exceeded" && isProblem(one),
        },
      );
    },
  },
];
