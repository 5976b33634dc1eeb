import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { authorityOf } from "../../wire.js";
import { every, hasStatus, inTurn, isProblem } from "../support/observe.js";

/** Which names of the server are answered to. */
export const hostChecks: readonly Check[] = [
  {
    id: "CORS-06",
    needs: "http",
    fix: "Compare the one Host header with the list before anything else, and build links from a setting.",
    run: async (t) => {
      const hosts = [
        "evil.example",
        "localhost.evil.example",
        "a@localhost",
        "",
        "127.0.0.1, evil.example",
        "[::1",
      ];
      const named = await inTurn(hosts, (host) =>
        t.http.send("/health/live", { headers: { host } }),
      );
      const two = await t.http.send("/health/live", {
        headers: { host: [authorityOf(t.http.manner.endpoint), "evil.example"] },
      });
      const absolute = await t.http.send("http://evil.example/health/live");
      const none = await t.http.send("/health/live", { headers: { host: undefined } });
      const claim = "who asks for another host is refused";
      const answers = [...named, two, absolute, none];
      every(t, { claim, expected: "400" }, { answers, isRight: hasStatus(400) });
      const forwarded = { "x-forwarded-host": "evil.example", "x-original-host": "evil.example" };
      const told = await inTurn(
        ["/api/v1/users/me", "/nowhere", "/openapi.json", "/.well-known/security.txt"],
        (path) => t.http.send(path, { headers: forwarded }),
      );
      const isRight = (answer: Answer): boolean =>
        !answer.text.includes("evil.example") &&
        !answer.headers.some(([, value]) => value.includes("evil.example"));
      every(
        t,
        { claim: "no answer repeats another host", expected: "no evil.example" },
        { answers: told, isRight },
      );
      t.holds("the refusal is a problem", named.slice(0, 1).every(isProblem), {
        expected: "application/problem+json",
        observed: named[0]?.shown ?? "",
      });
    },
  },
];
