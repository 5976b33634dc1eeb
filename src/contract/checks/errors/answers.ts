import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { every, hasStatus, isProblem } from "../support/observe.js";
import { panel } from "../headers/panel.js";

const SECRET = "correct-horse-battery-staple-9431";
const ECHO_BYTES = 10_000;

/** What an error says. */
export const answerChecks: readonly Check[] = [
  {
    id: "ERR-02",
    needs: "http",
    fix: "Answer a validation error with place, kind and message only; the framework's own repeats the input.",
    run: async (t) => {
      const account = { ...t.people.invent(), password: SECRET };
      const { client } = await t.people.signUp();
      const form = { username: "a", password: SECRET };
      const answers = [
        await t.http.post("/auth/register", { ...account, email: "none" }),
        await t.http.post("/auth/register", { username: account.username, password: SECRET }),
        await t.http.post("/auth/register", { ...account, nothing: SECRET }),
        await t.http.post("/auth/register", { ...account, password: [SECRET] }),
        await t.http.post("/auth/register", SECRET),
        await t.http.ask("/auth/register", {
          method: "POST",
          body: `{"password": "${SECRET}"`,
          headers: { "content-type": "application/json" },
        }),
        await t.http.ask("/auth/login", { method: "POST", form: { password: SECRET } }),
        await t.http.ask("/auth/login", { method: "POST", form: { ...form, nothing: SECRET } }),
        await client.post("/auth/password", { new_password: SECRET }),
        await client.post("/auth/password", { current_password: SECRET, new_password: "short" }),
        await client.post("/auth/password", { current_password: SECRET, new_password: 1 }),
      ];
      const isRight = (answer: Answer): boolean =>
        answer.status >= 400 && !answer.text.includes(SECRET);
      every(
        t,
        { claim: "no refusal repeats what was sent", expected: "4xx without it" },
        { answers, isRight },
      );
    },
  },
  {
    id: "ERR-03",
    needs: "http",
    fix: "Make every error's body in one function, the framework's own errors included.",
    run: async (t) => {
      const answers = (await panel(t)).filter(
        ({ status, request }) => status >= 400 && !request.startsWith("HEAD"),
      );
      every(
        t,
        { claim: "every error has one shape", expected: "application/problem+json" },
        { answers, isRight: isProblem },
      );
    },
  },
  {
    id: "ERR-04",
    needs: "http",
    fix: "Bound the number of errors that are listed, and the length of the names in them.",
    run: async (t) => {
      const names = Array.from(
        { length: 500 },
        (_, number) => `<script>${"x".repeat(500)}${number}`,
      );
      const many = await t.http.post(
        "/auth/register",
        Object.fromEntries(names.map((name) => [name, 1])),
      );
      const long = await t.http.get(`/users/me?${"x".repeat(4000)}=1`);
      const path = await t.http.send(`/${"<script>".repeat(500)}`);
      const isRight = (answer: Answer): boolean =>
        answer.body.length < ECHO_BYTES &&
        answer.header("content-type") === "application/problem+json";
      const expected = `less than ${ECHO_BYTES} bytes, of a type that no browser renders`;
      every(
        t,
        { claim: "what is repeated is bounded", expected },
        { answers: [many, long, path], isRight },
      );
      every(
        t,
        { claim: "all three are refused", expected: "4xx" },
        {
          answers: [many, long, path],
          isRight: hasStatus(400, 401, 404, 414, 422),
        },
      );
      const { client } = await t.people.signUp();
      const strange = await client.get("/users/me?%3Cscript%3E=1");
      t.status(strange, [400, 422], "a query that nobody reads is refused");
      t.equal("without its markup", strange.text.includes("<script>"), false);
    },
  },
];
