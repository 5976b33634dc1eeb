import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Headers } from "../../client.js";
import { LISTED_ORIGIN } from "../../profiles.js";
import { every, inTurn } from "../support/observe.js";

const LOOK_ALIKES = [
  "null",
  `${LISTED_ORIGIN}.evil.io`,
  "https://evilapp.example.com",
  LISTED_ORIGIN.replace("https", "http"),
  `${LISTED_ORIGIN}:8443`,
  LISTED_ORIGIN.toUpperCase(),
  `${LISTED_ORIGIN}/`,
  `${LISTED_ORIGIN}, https://evil.example`,
  ` ${LISTED_ORIGIN}.`,
  "https://example.com",
  "*",
  "https://app-example.com",
];
const MAX_AGE_SECONDS = 7200;
const FIX =
  "Compare the origin with a list of exact names, outside the application, so that errors are covered too.";

/** What the answer allows to the origin; nothing for a stranger. */
function allowed(answer: Answer): string | undefined {
  return answer.header("access-control-allow-origin");
}

/** Answers of every kind to one origin: done, not found, refused, not understood. */
async function panel(t: Trial, origin: string): Promise<readonly Answer[]> {
  const { client } = await t.people.signUp();
  const headers = { origin };
  return [
    await client.get("/users/me", { headers }),
    await t.http.get("/users/me", { headers }),
    await t.http.send("/nowhere", { headers }),
    await client.delete("/users", { headers }),
    await client.patch("/users/me", { nothing: 1 }, { headers }),
    await t.http.ask("/auth/register", { method: "POST", body: "{", headers }),
    await t.http.send("/health/live", { headers: { ...headers, host: "evil.example" } }),
  ];
}

function preflight(t: Trial, headers: Headers): Promise<Answer> {
  const usual = { origin: LISTED_ORIGIN, "access-control-request-method": "PATCH" };
  return t.http.send("/api/v1/users/me", { method: "OPTIONS", headers: { ...usual, ...headers } });
}

/** Which pages may read our answers. */
export const originChecks: readonly Check[] = [
  {
    id: "CORS-01",
    needs: "inspector",
    fix: FIX,
    run: async (t) => {
      const strangers = await panel(t, "https://evil.example");
      const isRight = (answer: Answer): boolean => allowed(answer) === undefined;
      const expected = "no Access-Control-Allow-Origin";
      every(t, { claim: "a stranger may read nothing", expected }, { answers: strangers, isRight });
      const server = await t.lab.server({ settings: { CORS_ORIGINS: "" } });
      const answers = [
        await t.clientOf(server).get("/users/me", { headers: { origin: LISTED_ORIGIN } }),
      ];
      every(
        t,
        { claim: "and nobody is listed unless somebody says so", expected },
        { answers, isRight },
      );
    },
  },
  {
    id: "CORS-02",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const answers = await inTurn(LOOK_ALIKES, (origin) =>
        t.http.get("/users/me", { headers: { origin } }),
      );
      const isRight = (answer: Answer): boolean => allowed(answer) === undefined;
      const expected = "no Access-Control-Allow-Origin";
      every(t, { claim: "who looks like a listed origin is none", expected }, { answers, isRight });
    },
  },
  {
    id: "CORS-03",
    needs: "inspector",
    fix: FIX,
    run: async (t) => {
      const isVaried = (answer: Answer): boolean => /\borigin\b/i.test(answer.header("vary") ?? "");
      const listed = await panel(t, LISTED_ORIGIN);
      const strangers = await panel(t, "https://evil.example");
      const exact = (answer: Answer): boolean =>
        allowed(answer) === LISTED_ORIGIN &&
        answer.header("access-control-allow-credentials") === "true";
      every(
        t,
        { claim: "a listed origin is named, not all", expected: LISTED_ORIGIN },
        { answers: listed, isRight: exact },
      );
      const claim = "a cache is told that the answer depends on it";
      every(
        t,
        { claim, expected: "Vary: Origin" },
        { answers: [...listed, ...strangers], isRight: isVaried },
      );
    },
  },
  {
    id: "CORS-04",
    needs: "inspector",
    fix: "List methods and headers in the answer to a preflight; echo nothing.",
    run: async (t) => {
      const answer = t.status(
        await preflight(t, { "access-control-request-headers": "authorization, content-type" }),
        [200, 204],
        "a listed origin may ask",
      );
      const headers = ["methods", "headers"].map(
        (name) => answer.header(`access-control-allow-${name}`) ?? "",
      );
      t.holds(
        "methods and headers are lists",
        headers.every((list) => /^[A-Za-z, -]+$/.test(list)),
        {
          request: answer.request,
          expected: "names",
          observed: headers.join("; "),
        },
      );
      const age = Number(answer.header("access-control-max-age") ?? "0");
      t.holds("the answer is not kept for long", age <= MAX_AGE_SECONDS, {
        expected: `at most ${MAX_AGE_SECONDS} s`,
        observed: `${age} s`,
      });
      const odd = await inTurn(
        [
          { "access-control-request-headers": "x-anything" },
          { "access-control-request-method": "TRACE" },
          { origin: "https://evil.example" },
          { "access-control-request-private-network": "true", origin: "null" },
        ],
        (asked) => preflight(t, asked),
      );
      const isRight = (one: Answer): boolean =>
        one.status >= 400 ||
        (allowed(one) === undefined &&
          !(one.header("access-control-allow-headers") ?? "").includes("x-anything"));
      every(
        t,
        { claim: "what is not listed is refused", expected: "403" },
        { answers: odd, isRight },
      );
      t.equal(
        "no page reaches into a private network",
        answer.header("access-control-allow-private-network"),
        undefined,
      );
    },
  },
  {
    id: "CORS-05",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const answers = await panel(t, LISTED_ORIGIN);
      const isRight = (answer: Answer): boolean => allowed(answer) === LISTED_ORIGIN;
      every(
        t,
        { claim: "a listed page can read errors", expected: LISTED_ORIGIN },
        { answers, isRight },
      );
    },
  },
];
