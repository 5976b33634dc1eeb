import { gzipSync } from "node:zlib";

import type { Answer } from "../../answer.js";
import { API } from "../../client.js";
import type { Check, Trial } from "../../check.js";
import { authorityOf } from "../../wire.js";
import { every, hasStatus, inTurn } from "../support/observe.js";

const MIB = 1024 * 1024;
const QUICK_MILLISECONDS = 1500;
/** Where a body is sent, and what it calls itself. */
interface Target {
  readonly path: string;
  readonly type: string;
}
const REGISTERING: Target = { path: `${API}/auth/register`, type: "application/json" };
const FIX =
  "Count a body before it is parsed, in front of the application, and hang up on what is too long.";

/** What makes a question of a browser of a request, which is sent as OPTIONS then. */
const ASKING = "Access-Control-Request-Method: GET";

interface Crooked {
  readonly body?: readonly Uint8Array[];
  readonly target?: Target;
}

/** A request whose head and body do not fit together, which no client library would send. */
function crooked(
  t: Trial,
  lines: readonly string[],
  { body = [], target: { path, type } = REGISTERING }: Crooked = {},
): Promise<Answer> {
  const { endpoint, headers } = t.http.manner;
  const usual = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${[value].flat().join(", ")}`],
  );
  const host = `Host: ${authorityOf(endpoint)}`;
  const method = lines.includes(ASKING) ? "OPTIONS" : "POST";
  const head = [
    `${method} ${path} HTTP/1.1`,
    host,
    `Content-Type: ${type}`,
    ...usual,
    ...lines,
    "",
    "",
  ];
  return t.http.raw(`${method} ${path} [${lines.join("] [")}]`, [head.join("\r\n"), ...body]);
}

const CHUNK = 65_536;
const chunk = Buffer.concat([
  Buffer.from(`${CHUNK.toString(16)}\r\n`),
  Buffer.alloc(CHUNK, "x"),
  Buffer.from("\r\n"),
]);
/** One byte beyond the limit, and no more: a server that hangs up on unread bytes resets the connection, answer and all. */
const oneMore = Buffer.from("1\r\nx\r\n");

/** What a client sends too much of. */
export const bodyChecks: readonly Check[] = [
  {
    id: "DOS-01",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const announced = await crooked(t, [`Content-Length: ${MIB + 1}`]);
      const endless = await crooked(t, ["Transfer-Encoding: chunked"], {
        body: [...Array.from({ length: MIB / CHUNK }, () => chunk), oneMore],
      });
      const isRight = (answer: Answer): boolean => hasStatus(413)(answer) && answer.isClosed;
      const expected = "413, and the connection ends";
      every(
        t,
        { claim: "a body beyond the limit is refused unread", expected },
        { answers: [announced, endless], isRight },
      );
      const asked = ["Origin: https://evil.example", ASKING, `Content-Length: ${MIB}`];
      const preflight = await crooked(t, asked);
      every(
        t,
        { claim: "nor is that of a question which nobody reads", expected: "the connection ends" },
        { answers: [preflight], isRight: ({ isClosed }) => isClosed },
      );
      const both = await crooked(t, ["Content-Length: 2", "Transfer-Encoding: chunked"], {
        body: [Buffer.from("0\r\n\r\n")],
      });
      const two = await crooked(t, ["Content-Length: 2", "Content-Length: 3"], {
        body: [Buffer.from("{} ")],
      });
      const odd = await crooked(t, ["Content-Length: -1"]);
      const words = { claim: "a length in two ways is none", expected: "400" };
      every(t, words, { answers: [both, two, odd], isRight: hasStatus(400) });
      const rest = await crooked(t, ["Content-Length: 2"], {
        body: [Buffer.from("{}GET /api/v1/users HTTP/1.1\r\n\r\n")],
      });
      t.status(rest, [400, 422], "what follows a body is not part of it");
      t.status(await t.http.send("/health/live"), 200, "and the server goes on");
    },
  },
  {
    id: "DOS-04",
    needs: "http",
    fix: "Bound a password's length before it is hashed.",
    run: async (t) => {
      const password = "a".repeat(MIB - 200);
      const account = await t.people.enrol();
      const form = await t.http.ask("/auth/login", {
        method: "POST",
        form: { username: account.email, password },
      });
      const json = await t.http.post("/auth/register", { ...t.people.invent(), password });
      const isRight = (answer: Answer): boolean =>
        hasStatus(422)(answer) && answer.milliseconds < QUICK_MILLISECONDS;
      const expected = `422 within ${QUICK_MILLISECONDS} ms`;
      every(
        t,
        { claim: "a megabyte of password is refused at once", expected },
        { answers: [form, json], isRight },
      );
      const beyond = await crooked(t, [`Content-Length: ${MIB + 1}`], {
        target: { path: `${API}/auth/login`, type: "application/x-www-form-urlencoded" },
      });
      t.status(beyond, 413, "a form beyond the limit of every body is refused unread");
      t.status(await t.http.send("/health/live"), 200, "and the server goes on");
    },
  },
  {
    id: "DOS-05",
    needs: "http",
    fix: "Bound headers by number and bytes, and the address by its length, before the application.",
    run: async (t) => {
      const many = Object.fromEntries(
        Array.from({ length: 1000 }, (_, number) => [`x-${number}`, "a"]),
      );
      const cookies = Array.from({ length: 10_000 }, (_, number) => `a${number}=b`).join("; ");
      const answers = await inTurn(
        [{ "x-a": "a".repeat(65_536) }, many, { cookie: cookies }],
        (headers) => t.http.send("/health/live", { headers }),
      );
      const long = await t.http.send(`/health/live?${"a".repeat(65_536)}`);
      const isRight = hasStatus(400, 414, 431);
      const claim = "headers and addresses have an end";
      every(t, { claim, expected: "400, 414 or 431" }, { answers: [...answers, long], isRight });
      t.status(await t.http.send("/health/live"), 200, "and the server goes on");
    },
  },
  {
    id: "DOS-08",
    needs: "http",
    fix: "Compress nothing that holds a secret beside what a client sent, and read nothing compressed.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const asked = { "accept-encoding": "gzip, deflate, br, zstd" };
      const answers = await inTurn(["/users/me", "/users/me/export", "/auth/sessions"], (path) =>
        client.get(path, { headers: asked }),
      );
      const isRight = (answer: Answer): boolean =>
        hasStatus(200)(answer) && answer.header("content-encoding") === undefined;
      every(
        t,
        { claim: "no answer is compressed", expected: "no Content-Encoding" },
        { answers, isRight },
      );
      const body = gzipSync(Buffer.alloc(10 * MIB, " "));
      const headers = {
        "content-type": "application/json",
        "content-encoding": "gzip",
        "content-length": `${body.length}`,
      };
      const bomb = await t.http.ask("/auth/register", { method: "POST", body, headers });
      t.status(bomb, 415, "nothing compressed is read");
    },
  },
];
