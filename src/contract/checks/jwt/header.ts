import { once } from "node:events";
import { createServer } from "node:net";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { readToken } from "../../forge.js";
import { entriesOf, member } from "../../json.js";
import { meWith } from "../steps.js";

const CARRIED =
  "Read the Authorization header in one place, and answer as RFC 6750, section 3, says.";
const LISTED =
  "Accept a header of exactly alg, typ and kid, and look kid up in a list of your own; fetch and open nothing.";

function challenge(answer: Answer): string {
  return answer.header("www-authenticate") ?? "none";
}

/** Count the connections that arrive while something is done. */
async function connectionsDuring(work: (port: number) => Promise<void>): Promise<number> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  try {
    await work(typeof address === "object" && address !== null ? address.port : 0);
  } finally {
    server.close();
  }
  return count;
}

async function oddHeaders(t: Trial, port: number): Promise<void> {
  const forger = await t.forger();
  const person = await t.people.signUp();
  const { claims } = readToken(person.accessToken);
  const right = Object.fromEntries(entriesOf(claims));
  const url = `http://127.0.0.1:${port}/keys.json`;
  const kids = ["../../../../dev/null", "' OR 1=1--", "k".repeat(10_000), ["x"], undefined];
  const others = [{ jku: url }, { x5u: url }, { jwk: { kty: "oct", k: "AA" } }];
  for (const header of [...kids.map((kid) => ({ kid })), ...others]) {
    const answer = await meWith(t, forger.sign(forger.header(header), right));
    t.status(answer, 401, `a header with ${JSON.stringify(header).slice(0, 60)} is refused`);
  }
}

/** What comes before the claims are looked at: how a token is carried, and its header. */
export const headerChecks: readonly Check[] = [
  {
    id: "JWT-02",
    needs: "http",
    fix: "One algorithm for each key, named in the code.",
    run: async (t) => {
      const { header } = readToken((await t.people.signUp()).accessToken);
      const alg = member(header, "alg");
      if (alg === "HS256")
        t.skip("tokens are signed with HS256: there is no public key to confuse");
      t.equal("an algorithm of the contract signs tokens", alg, "HS256");
    },
  },
  {
    id: "JWT-09",
    needs: "inspector",
    fix: LISTED,
    run: async (t) => {
      const count = await connectionsDuring((port) => oddHeaders(t, port));
      t.equal("no address of a header is called", count, 0);
    },
  },
  {
    id: "JWT-13",
    needs: "inspector",
    fix: LISTED,
    run: async (t) => {
      const forger = await t.forger();
      const person = await t.people.signUp();
      const claims = Object.fromEntries(entriesOf(readToken(person.accessToken).claims));
      const twice = `{"alg":"none",${JSON.stringify(forger.header()).slice(1)}`;
      const headers = [{ crit: ["x"] }, { b64: false, crit: ["b64"] }, { zip: "DEF" }].map((more) =>
        forger.header(more),
      );
      const tokens = [...headers, twice].map((header) => forger.sign(header, claims));
      for (const token of [...tokens, "a.b.c.d.e", "A".repeat(12_000)]) {
        const answer = await meWith(t, token);
        t.status(answer, [400, 401, 431], `${token.slice(0, 40)}... is refused`);
      }
    },
  },
  {
    id: "JWT-14",
    needs: "http",
    fix: CARRIED,
    run: async (t) => {
      const { accessToken } = await t.people.signUp();
      const inQuery = await t.http.get(`/users/me?access_token=${accessToken}`);
      t.status(inQuery, 401, "a token in the address is none");
      const inBody = await t.http.patch("/users/me", { access_token: accessToken });
      t.status(inBody, 401, "nor is one in the body");
      const two = { authorization: ["Bearer x.y.z", `Bearer ${accessToken}`] };
      t.status(
        await t.http.get("/users/me", { headers: two }),
        [400, 401],
        "two headers are refused",
      );
    },
  },
  {
    id: "JWT-15",
    needs: "http",
    fix: CARRIED,
    run: async (t) => {
      const person = await t.people.signUp();
      const lower = { authorization: `bearer ${person.accessToken}` };
      t.status(await t.http.with(lower).get("/users/me"), 200, "the scheme is read without case");
      for (const authorization of ["Bearer", "Basic eDp5", "Token x", undefined]) {
        const answer = await t.http.with({ authorization }).get("/users/me");
        t.status(answer, 401, `"${authorization ?? "(nothing)"}" is no credential`);
        const observed = challenge(answer);
        const isRight = observed.startsWith("Bearer") && !observed.includes("error=");
        const seen = { request: answer.request, expected: "Bearer, without error=", observed };
        t.holds("without a token the challenge names the scheme, and no error", isRight, seen);
      }
      const spaces = { authorization: `Bearer  ${person.accessToken}` };
      t.status(await t.http.with(spaces).get("/users/me"), 401, "two spaces make no token");
    },
  },
  {
    id: "JWT-16",
    needs: "http",
    fix: "Put ids into the token, and nothing about the person.",
    run: async (t) => {
      const person = await t.people.signUp();
      const { claims } = readToken(person.accessToken);
      const names = entriesOf(claims).map(([name]) => name);
      t.equal("it says what RFC 9068 asks for", names.toSorted(), [
        "aud",
        "exp",
        "iat",
        "iss",
        "jti",
        "nbf",
        "sid",
        "sub",
      ]);
      const text = JSON.stringify(claims);
      const told = [person.email, person.username, "role", "127.0.0.1"].filter((word) =>
        text.includes(word),
      );
      t.equal("and nothing about the person", told, []);
    },
  },
];
