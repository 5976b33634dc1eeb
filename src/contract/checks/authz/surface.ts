import { randomUUID } from "node:crypto";

import { type Check, type Trial } from "../../check.js";
import type { Ask } from "../../client.js";
import {
  isForAdministrators,
  isPublicReading,
  type Operation,
  resourcesOf,
} from "../../surface.js";
import { comparable } from "../../trial.js";
import { every, hasStatus, inTurn, needsDocument } from "../support/observe.js";

/** Where one cannot have a token yet, or needs none any more. */
const PUBLIC = [
  ...[
    "login",
    "register",
    "refresh",
    "logout",
    "forgot-password",
    "reset-password",
    "verify-email",
  ].map((name) => `POST /api/v1/auth/${name}`),
  ...["/health/live", "/health/ready", "/.well-known/security.txt"].map((path) => `GET ${path}`),
];
const ADMINISTRATION = /^\/api\/v1\/(users(?!\/me)|audit-events)(\/|$)/;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** What is wrong with a request is nothing for those who may not send it. */
const MISTAKES: readonly { readonly query: string; readonly ask: Ask }[] = [
  { query: "", ask: {} },
  { query: "", ask: { body: "{not json", headers: { "content-type": "application/json" } } },
  { query: "?x=1", ask: {} },
];

function target({ path }: Operation, id: string = randomUUID()): string {
  return path.replaceAll(/\{[^}]+\}/g, id);
}

function isPublic({ method, path }: Operation): boolean {
  return PUBLIC.includes(`${method} ${path}`);
}

function body(method: string): { json?: unknown } {
  return method === "GET" || method === "HEAD" || method === "DELETE" ? {} : { json: {} };
}

/** What only administrators may do: what the document says so of, and all writing of what they write. */
function administration(t: Trial): readonly Operation[] {
  const { operations } = t.surface;
  const shared = resourcesOf(t.surface).filter(({ isShared }) => isShared);
  const paths = shared.flatMap(({ path, itemPath }) => [path, itemPath]);
  const isWriting = ({ method, path }: Operation): boolean =>
    method !== "GET" && paths.some((one) => path === `/api/v1${one}`);
  return operations.filter(
    (one) => ADMINISTRATION.test(one.path) || isForAdministrators(one) || isWriting(one),
  );
}

/** What the project's own document says must be closed, is tried operation by operation. */
export const surfaceChecks: readonly Check[] = [
  {
    id: "AUTHZ-01",
    needs: "http",
    fix: "Make authentication the rule of every router, and let public routes opt out by name.",
    run: async (t) => {
      needsDocument(t);
      const { operations } = t.surface;
      const open = operations.filter((one) => isPublic(one) || isPublicReading(t.surface, one));
      const closed = operations.filter((one) => !open.includes(one));
      const answers = await inTurn(closed, (one) =>
        t.http.send(target(one), { method: one.method, ...body(one.method) }),
      );
      const claim = "without a token nothing is done";
      every(t, { claim, expected: "401" }, { answers, isRight: hasStatus(401) });
      const paths = [...new Set(closed.map(({ path }) => path))];
      const read = open.filter(({ method }) => method === "GET").map(({ path }) => path);
      const pairs = paths.flatMap((path) =>
        METHODS.filter((method) => !/^(GET|HEAD)$/.test(method) || !read.includes(path)).map(
          (method) => ({ method, path }),
        ),
      );
      const others = await inTurn(pairs, ({ method, path }) =>
        t.http.send(target({ method, path, details: {} }), { method, ...body(method) }),
      );
      const rest = "nor by a method that the document does not name";
      every(
        t,
        { claim: rest, expected: "401 or 405" },
        { answers: others, isRight: hasStatus(401, 405) },
      );
    },
  },
  {
    id: "AUTHZ-07",
    needs: "http",
    fix: "Let the routes of administrators depend on the role that the database holds, before anything is looked up.",
    run: async (t) => {
      needsDocument(t);
      const [person, other] = [await t.people.signUp(), await t.people.signUp()];
      const closed = administration(t);
      const ask = (one: Operation, id: string) =>
        person.client.send(target(one, id), { method: one.method, ...body(one.method) });
      const existing = await inTurn(closed, (one) => ask(one, other.id));
      const claim = "who is no administrator is refused";
      every(t, { claim, expected: "403" }, { answers: existing, isRight: hasStatus(403) });
      const missing = await inTurn(closed, (one) => ask(one, randomUUID()));
      t.equal(
        "an id that exists is answered like one that does not",
        existing.map(comparable),
        missing.map(comparable),
      );
      const mistaken = await inTurn(
        closed.flatMap((one) => MISTAKES.map((mistake) => ({ one, mistake }))),
        ({ one, mistake: { query, ask: mistake } }) =>
          person.client.send(`${target(one, other.id)}${query}`, {
            method: one.method,
            ...mistake,
          }),
      );
      const before = "and hears of no mistake in the request";
      every(t, { claim: before, expected: "403" }, { answers: mistaken, isRight: hasStatus(403) });
    },
  },
  {
    id: "AUTHZ-11",
    needs: "http",
    fix: "Route the path as it came: no normalising, no redirect of slashes, no method from a header.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      for (const name of ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"]) {
        const headers = { [name]: "DELETE" };
        const answer = await client.post("/users/me?_method=DELETE", {}, { headers });
        t.status(answer, [400, 405, 422], `${name} does not change the method`);
      }
      t.status(await client.get("/users/me"), 200, "the account is still there");
      const spellings = [
        "//api/v1/users",
        "/api/v1/users/",
        "/API/V1/users",
        "/api/v1/%2e%2e/v1/users",
        "/api/v1/auth/..;/users",
        "/api/v1/./users",
        "/health/live/../../api/v1/users",
        "/api/v1/users%2f",
        "/api/v1/users;x=1",
        "/api/v1//users",
        "/api/v1/users%00",
        "/api/v1/users/me/../",
      ];
      for (const [who, asking] of [
        ["nobody", t.http],
        ["no administrator", client],
      ] as const) {
        const answers = await inTurn(spellings, (path) => asking.send(path));
        const claim = `no spelling of a closed path lets ${who} in`;
        const isRight = hasStatus(400, 401, 403, 404);
        every(t, { claim, expected: "400, 401, 403 or 404" }, { answers, isRight });
      }
    },
  },
];
