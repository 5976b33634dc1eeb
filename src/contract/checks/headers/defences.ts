import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { every, hasStatus, inTurn } from "../support/observe.js";
import { panel } from "./panel.js";

const FIX =
  "Add the headers in one class around the finished application, where the framework's own errors pass too.";
const POLICY = [
  "default-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];
const REQUIRED: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};
const DENIED = ["camera", "microphone", "geolocation", "browsing-topics"];
/** Several of these are several cookies or challenges, each with its own meaning. */
const MAY_REPEAT = new Set(["set-cookie"]);
const TYPES = new Set(["application/json", "application/problem+json"]);

function isDefended(answer: Answer): boolean {
  const policy = answer.header("content-security-policy") ?? "";
  const isStrict = POLICY.every((directive) => policy.includes(directive));
  return (
    isStrict && Object.entries(REQUIRED).every(([name, value]) => answer.header(name) === value)
  );
}

function hasType(answer: Answer): boolean {
  const type = answer.header("content-type");
  if (answer.status === 204) return type === undefined && answer.body.length === 0;
  return type !== undefined && TYPES.has(type);
}

function isSingle(answer: Answer): boolean {
  const names = answer.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => !MAY_REPEAT.has(name));
  return new Set(names).size === names.length;
}

/** Nothing that makes a line of its own of what the client sent. */
function isUnsplit(answer: Answer): boolean {
  return answer.headers.every(([name, value]) => !/injected/i.test(name) && !/[\r\n]/.test(value));
}

async function judge(
  t: Trial,
  words: { readonly claim: string; readonly expected: string },
  isRight: (answer: Answer) => boolean,
): Promise<void> {
  every(t, words, { answers: await panel(t), isRight });
}

/** What every answer carries, errors included. */
export const defenceChecks: readonly Check[] = [
  {
    id: "HDR-01",
    needs: "http",
    fix: FIX,
    run: (t) => {
      const expected = [...Object.entries(REQUIRED).map((pair) => pair.join(": ")), ...POLICY].join(
        "; ",
      );
      return judge(
        t,
        { claim: "every answer tells a browser to do nothing with it", expected },
        isDefended,
      );
    },
  },
  {
    id: "HDR-02",
    needs: "http",
    fix: FIX,
    run: (t) =>
      judge(t, { claim: "no answer is kept", expected: "Cache-Control: no-store" }, (answer) =>
        (answer.header("cache-control") ?? "").includes("no-store"),
      ),
  },
  {
    id: "HDR-04",
    needs: "http",
    fix: "Drop what browsers have dropped.",
    run: (t) =>
      judge(t, { claim: "nothing obsolete is sent", expected: "none of them" }, (answer) => {
        const old = ["expect-ct", "public-key-pins", "feature-policy"];
        const filter = answer.header("x-xss-protection") ?? "0";
        return filter === "0" && old.every((name) => answer.header(name) === undefined);
      }),
  },
  {
    id: "HDR-05",
    needs: "http",
    fix: "Start the server without its own header.",
    run: (t) =>
      judge(
        t,
        { claim: "no answer says what made it", expected: "no Server, no X-Powered-By" },
        (answer) =>
          ["server", "x-powered-by", "via"].every((name) => answer.header(name) === undefined),
      ),
  },
  {
    id: "HDR-06",
    needs: "http",
    fix: "Set each header in one place, and never from what a client sent.",
    run: async (t) => {
      await judge(t, { claim: "every header stands once", expected: "no name twice" }, isSingle);
      const line = "a%0d%0aInjected:%20yes";
      const targets = [
        `/${line}`,
        `/api/v1/users/me?next=${line}`,
        `/api/v1/auth/sessions/${line}`,
      ];
      const plain = await inTurn(targets, (target) => t.http.send(target));
      const id = await t.http.send("/health/live", {
        headers: { "x-request-id": "a%0d%0aInjected: yes" },
      });
      const claim = "what a client sends makes no header";
      every(
        t,
        { claim, expected: "no such header" },
        { answers: [...plain, id], isRight: isUnsplit },
      );
    },
  },
  {
    id: "HDR-07",
    needs: "http",
    fix: "Answer with JSON or a problem, and with no type where there is no body.",
    run: (t) =>
      judge(t, { claim: "the type is exact", expected: [...TYPES].join(" or ") }, hasType),
  },
  {
    id: "HDR-08",
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const expected = DENIED.map((name) => `${name}=()`).join(", ");
      await judge(t, { claim: "features of the browser are denied", expected }, (answer) =>
        DENIED.every((name) => (answer.header("permissions-policy") ?? "").includes(`${name}=()`)),
      );
      await judge(
        t,
        { claim: "no window of another site keeps hold of ours", expected: "same-origin" },
        (answer) => answer.header("cross-origin-opener-policy") === "same-origin",
      );
    },
  },
  {
    id: "HDR-10",
    needs: "http",
    fix: "Collect the methods of all routes of an address, and answer 405 with them.",
    run: async (t) => {
      const methods = ["TRACE", "PROPFIND", "JUNK", "PUT", "get"];
      const answers = await inTurn(methods, (method) => t.http.ask("/users/me", { method }));
      const isRight = (answer: Answer): boolean => {
        const names = (answer.header("allow") ?? "").split(", ").toSorted().join(" ");
        return hasStatus(405)(answer) && names === "DELETE GET HEAD PATCH" && isDefended(answer);
      };
      const expected = "405, Allow: GET, HEAD, PATCH, DELETE, and the security headers";
      every(
        t,
        { claim: "an odd method is told which ones there are", expected },
        { answers, isRight },
      );
      const connect = await t.http.send("evil.example:443", { method: "CONNECT" });
      t.status(connect, [400, 405, 501], "nothing is tunnelled");
    },
  },
];
