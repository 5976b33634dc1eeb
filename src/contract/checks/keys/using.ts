import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { entriesOf } from "../../json.js";
import { isForAdministrators } from "../../surface.js";
import { meWith } from "../steps.js";
import { every, needsDocument } from "../support/observe.js";
import { ownedBy, personal } from "../support/owned.js";
import { ask, closed, codeIn, FEATURE, newKey, program, scopesOf } from "./support.js";

/** What a key never does, whatever else a project has. */
const NEVER = /^\/api\/v1\/(api-keys|audit-events|auth|users|ws)(\/|$)/;
const CLOSED_CODES: readonly unknown[] = ["api_key_refused", "administrators_only"];
const CLOSED =
  "Keep what decides who gets in, and what concerns an account, with people who have signed in.";

/** What keys open, and what they never do. */
export const usingChecks: readonly Check[] = [
  {
    id: "KEY-09",
    ...FEATURE,
    fix: "Let a key stand for its owner, in every query that names one.",
    run: async (t) => {
      const [owner, stranger] = [await t.people.signUp(), await t.people.signUp()];
      const [own, other] = [await newKey(owner), await newKey(stranger)];
      const me = await program(t, own.text).get("/users/me");
      t.equal("a key acts for its owner", me.field("id"), owner.id);
      const lists = new Set(personal(t).map(({ path }) => path));
      for (const { list, item } of await ownedBy(t, owner)) {
        if (!lists.has(list)) continue;
        t.status(await program(t, own.text).get(item), 200, `it reads the owner's ${list}`);
        t.status(await program(t, other.text).get(item), 404, "and nobody else's");
      }
    },
  },
  {
    id: "KEY-10",
    ...FEATURE,
    fix: "Ask for the scope `read` to read, and for `write` to write.",
    run: async (t) => {
      // Who may do everything, but for the key.
      const person = await t.people.admin();
      const keys = { read: await newKey(person, ["read"]), write: await newKey(person, ["write"]) };
      const reading = program(t, keys.read.text);
      const writing = program(t, keys.write.text);
      t.status(await reading.get("/users/me"), 200, "a key for reading reads");
      const refused = [await writing.get("/users/me")];
      for (const operation of closed(t)) {
        if (NEVER.test(operation.path)) continue;
        const isReading = operation.method === "GET";
        refused.push(await ask(isReading ? writing : reading, operation));
        const allowed = await ask(isReading ? reading : writing, operation);
        if (isForAdministrators(operation)) {
          t.equal("no key makes an administrator", codeIn(allowed), "administrators_only");
          continue;
        }
        const isOpen = ![401, 403].includes(allowed.status);
        t.holds("a key does what it was made for", isOpen, {
          ...{ request: allowed.request, expected: "neither 401 nor 403", observed: allowed.shown },
        });
      }
      const isRight = (answer: Answer): boolean => codeIn(answer) === "insufficient_scope";
      const claim = "and nothing else";
      every(t, { claim, expected: "403 insufficient_scope" }, { answers: refused, isRight });
    },
  },
  {
    id: "KEY-11",
    ...FEATURE,
    fix: CLOSED,
    run: async (t) => {
      needsDocument(t);
      const key = program(t, (await newKey(await t.people.admin())).text);
      const answers: Answer[] = [];
      for (const operation of closed(t)) {
        const isOwn = operation.method === "GET" && operation.path === "/api/v1/users/me";
        if (!isOwn && NEVER.test(operation.path)) answers.push(await ask(key, operation));
      }
      const isRight = (answer: Answer): boolean =>
        answer.status === 403 && codeIn(answer) === "api_key_refused";
      const claim = "an administrator's key manages nothing and nobody";
      every(t, { claim, expected: "403 api_key_refused" }, { answers, isRight });
      t.equal("which was tried in many places", answers.length >= 10, true);
    },
  },
  {
    id: "KEY-12",
    ...FEATURE,
    fix: "Write the document from what the routes take.",
    run: async (t) => {
      needsDocument(t);
      const schemes = entriesOf(t.surface.document).find(([name]) => name === "components");
      const named = JSON.stringify(schemes).includes('"name":"X-API-Key"');
      t.equal("the document describes the header", named, true);
      const key = program(t, (await newKey(await t.people.signUp())).text);
      for (const operation of closed(t)) {
        const answer = await ask(key, operation);
        const works = !CLOSED_CODES.includes(codeIn(answer));
        const scopes = scopesOf(operation);
        const said = scopes === undefined ? "none" : scopes.join(" ");
        const wanted = !works ? "none" : operation.method === "GET" ? "read" : "write";
        t.equal(`${operation.method} ${operation.path} says which key it takes`, said, wanted);
      }
    },
  },
  {
    id: "KEY-14",
    ...FEATURE,
    fix: "Read a key from its header alone, and refuse two credentials.",
    run: async (t) => {
      const person = await t.people.signUp();
      const { text } = await newKey(person);
      const headers = { "x-api-key": text };
      const both = await person.client.get("/users/me", { headers });
      t.equal("a key comes alone", [both.status, codeIn(both)], [400, "ambiguous_credentials"]);
      const twice = await t.http.get("/users/me", { headers: { "x-api-key": [text, text] } });
      t.status(twice, 400, "and once");
      for (const name of ["api_key", "X-API-Key", "key", "access_token"]) {
        t.status(await t.http.get(`/users/me?${name}=${text}`), 401, "an address holds none");
      }
      t.status(await meWith(t, text), 401, "nor is it an access token");
    },
  },
];
