import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { every, hasStatus, inTurn, isProblem, isRefused } from "../support/observe.js";

const JSON_TYPE = "application/json";
const QUICK_MILLISECONDS = 2000;
const FIX =
  "Parse JSON in one strict place: UTF-8, no key twice, finite numbers, bounded depth and size.";

function send(
  t: Trial,
  body: string | Uint8Array,
  type: string | undefined = JSON_TYPE,
): Promise<Answer> {
  const headers = { "content-type": type };
  return t.http.ask("/auth/register", { method: "POST", body, headers });
}

/** Every body must be refused as a client's fault. */
async function refuse(
  t: Trial,
  claim: string,
  bodies: readonly (string | Uint8Array)[],
): Promise<void> {
  const answers = await inTurn(bodies, (body) => send(t, body));
  every(t, { claim, expected: "4xx, and a problem" }, { answers, isRight: isRefused });
}

function account(t: Trial, changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...t.people.invent(), ...changes });
}

/** How bodies are read. */
export const jsonChecks: readonly Check[] = [
  {
    id: "INPUT-01",
    needs: "http",
    fix: "Refuse U+0000 in every text that comes in: one database stores it, another one breaks.",
    run: async (t) => {
      const names = ["email", "username", "password"];
      const bodies = names.map((name) => account(t, { [name]: "a\u0000violet anchor meadow" }));
      await refuse(t, "no field of a body takes NUL", [...bodies, account(t, { "a\u0000": 1 })]);
      const { client, password } = await t.people.signUp();
      const answers = await inTurn(
        ["/users/me/export?a=%00", "/auth/sessions/%00", "/auth/sessions/a%00b", "/users/me%00"],
        (path) => client.get(path),
      );
      const form = { username: "a\u0000b", password };
      const login = await t.http.ask("/auth/login", { method: "POST", form });
      const claim = "nor does a query, a path or a form";
      every(
        t,
        { claim, expected: "4xx, and a problem" },
        { answers: [...answers, login], isRight: isRefused },
      );
      const header = await t.http.send("/health/live", { headers: { "x-request-id": "a\u0000b" } });
      t.status(header, [200, 400], "a header with NUL breaks nothing");
    },
  },
  {
    id: "INPUT-02",
    needs: "http",
    fix: "Refuse text that is no Unicode: half of a surrogate pair cannot be stored, hashed or returned.",
    run: async (t) => {
      const half = String.raw`"\ud800"`;
      const [text, name] = [`{"email":${half}}`, `{${half}:1}`];
      const password = account(t, { password: "@" }).replace(
        '"@"',
        String.raw`"\ud800 violet anchor meadow"`,
      );
      await refuse(t, "half of a pair is no text", [text, name, password, `[${half}]`, half]);
      const body = "username=a%40example.com&password=%ED%A0%80violet+anchor+meadow";
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const login = await t.http.ask("/auth/login", { method: "POST", body, headers });
      every(
        t,
        { claim: "nor is it a password", expected: "4xx" },
        { answers: [login], isRight: isRefused },
      );
    },
  },
  {
    id: "INPUT-03",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const numbers = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", `1${"0".repeat(5000)}`];
      const bodies = numbers.flatMap((number) => [
        `{"email": ${number}}`,
        `{"nothing": ${number}}`,
        `[${number}]`,
        number,
      ]);
      await refuse(t, "what is no finite number is no JSON", bodies);
    },
  },
  {
    id: "INPUT-06",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const keys = Array.from({ length: 100_000 }, (_, number) => `"${number}":1`).join(",");
      const bodies = [
        "[".repeat(100_000) + "]".repeat(100_000),
        '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000),
        `{${keys}}`.slice(0, 1_000_000),
        `{"${"k".repeat(1_000_000)}":1}`,
        `[${"[],".repeat(300_000)}[]]`,
      ];
      const answers = await inTurn(bodies, (body) => send(t, body));
      const isRight = (answer: Answer): boolean =>
        isRefused(answer) && answer.milliseconds < QUICK_MILLISECONDS;
      const expected = `4xx within ${QUICK_MILLISECONDS} ms`;
      every(t, { claim: "depth and number cost nothing", expected }, { answers, isRight });
      t.status(await t.http.send("/health/live"), 200, "and the process lives on");
    },
  },
  {
    id: "INPUT-07",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const twice = account(t, {}).replace("{", '{"email":"other@example.com",');
      await refuse(t, "a key that stands twice is read by nobody", [
        twice,
        '{"role":"user","role":"admin"}',
      ]);
    },
  },
  {
    id: "INPUT-08",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const text = account(t, {});
      const wide = Buffer.from(text, "utf16le");
      const marked = Buffer.from(`\ufeff${text}`, "utf8");
      const widelyMarked = Buffer.from(`\ufeff${text}`, "utf16le");
      await refuse(t, "JSON is UTF-8 without a mark", [
        wide,
        widelyMarked,
        marked,
        Buffer.from([0x22, 0xff, 0x22]),
      ]);
    },
  },
  {
    id: "INPUT-09",
    needs: "http",
    fix: "Read a body only where its content type is the one that the route takes.",
    run: async (t) => {
      const text = account(t, {});
      const types = [
        "",
        "text/plain",
        "text/json",
        "application/json-patch+json",
        "application/xml",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
      ];
      const answers = await inTurn(types, (type) => send(t, text, type === "" ? undefined : type));
      const isRight = (answer: Answer): boolean => hasStatus(415)(answer) && isProblem(answer);
      const claim = "what does not say that it is JSON is not read";
      const untyped = await t.http.ask("/auth/register", { method: "POST", body: text });
      every(t, { claim, expected: "415" }, { answers: [...answers.slice(1), untyped], isRight });
    },
  },
  {
    id: "INPUT-10",
    needs: "http",
    fix: "Validate strictly: a text is no number, a list no text.",
    run: async (t) => {
      const values = [true, 1, 1.5, [], {}, null, ["a@example.com"]];
      const bodies = values.flatMap((value) =>
        ["email", "username", "password"].map((name) => account(t, { [name]: value })),
      );
      const answers = await inTurn([...bodies, "null", "[]", '"a"', "1"], (body) => send(t, body));
      const isRight = (answer: Answer): boolean => hasStatus(422)(answer) && isProblem(answer);
      every(t, { claim: "no type becomes another one", expected: "422" }, { answers, isRight });
    },
  },
];
