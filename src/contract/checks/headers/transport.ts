import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { every, hasStatus, inTurn, isProblem } from "../support/observe.js";

const ONE_YEAR_SECONDS = 31_536_000;

function age(answer: Answer): number {
  const read = /^max-age=(\d+); includeSubDomains/.exec(
    answer.header("strict-transport-security") ?? "",
  );
  return Number(read?.[1] ?? 0);
}

const hasNone = (answer: Answer): boolean =>
  answer.header("strict-transport-security") === undefined;

/** What is said over which connection. */
export const transportChecks: readonly Check[] = [
  {
    id: "HDR-03",
    needs: "inspector",
    fix: "Believe X-Forwarded-Proto of a trusted proxy only, and send HSTS where the scheme is https.",
    run: async (t) => {
      const ask = (headers: Readonly<Record<string, string | undefined>>) =>
        t.http.with(headers).get("/users/me");
      if (t.profile === "production") {
        const secure = await ask({ "x-forwarded-proto": "https" });
        t.holds("over https a browser is told to stay there", age(secure) >= ONE_YEAR_SECONDS, {
          request: secure.request,
          expected: `max-age of at least ${ONE_YEAR_SECONDS}`,
          observed: secure.header("strict-transport-security") ?? "nothing",
        });
      }
      const plain = await inTurn([undefined, "http", "https, http"], (proto) =>
        ask({ "x-forwarded-proto": proto }),
      );
      every(
        t,
        { claim: "over http it is not", expected: "no HSTS" },
        { answers: plain, isRight: hasNone },
      );
      const settings = { TRUSTED_PROXIES: "", FORCE_HTTPS: "false" };
      const stranger = t
        .clientOf(await t.lab.server({ settings }))
        .with({ "x-forwarded-proto": "https" });
      const forged = [await stranger.get("/users/me"), await stranger.send("/nowhere")];
      every(
        t,
        { claim: "and nobody but a proxy can say otherwise", expected: "no HSTS" },
        { answers: forged, isRight: hasNone },
      );
    },
  },
  {
    id: "HDR-09",
    needs: "http",
    profiles: ["production"],
    fix: "Redirect a GET that carries no credential; refuse everything else that came without TLS.",
    run: async (t) => {
      const plain = t.http.with({ "x-forwarded-proto": undefined });
      const { host, name = host } = t.http.manner.endpoint;
      const answer = t.status(
        await plain.send("/api/v1/users/me?a=b"),
        308,
        "who showed nothing is sent on",
      );
      t.equal(
        "to the same host, over https",
        answer.header("location"),
        `https://${name}/api/v1/users/me?a=b`,
      );
      const { client, accessToken } = await t.people.signUp();
      const shown = [
        await plain.get("/users/me", { headers: { authorization: `Bearer ${accessToken}` } }),
        await plain.get("/users/me", { headers: { cookie: "__Host-refresh_token=x" } }),
        await plain.get("/users/me", { headers: { "x-api-key": "x" } }),
        await plain.post("/auth/register", t.people.invent()),
      ];
      const isRight = (one: Answer): boolean =>
        hasStatus(403)(one) && isProblem(one) && one.field("code") === "https_required";
      const claim = "who showed a credential, or sends something, is refused";
      every(t, { claim, expected: "403, https_required" }, { answers: shown, isRight });
      const evil = await plain.send("/api/v1/users/me", { headers: { host: "evil.example" } });
      t.status(evil, 400, "nobody is sent to another host");
      const probes = await inTurn(["/health/live", "/health/ready"], (path) => plain.send(path));
      every(
        t,
        { claim: "a load balancer may ask without TLS", expected: "200" },
        { answers: probes, isRight: hasStatus(200) },
      );
      t.status(await client.get("/users/me"), 200, "over https the token still counts");
    },
  },
];
