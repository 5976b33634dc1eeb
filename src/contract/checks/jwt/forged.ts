import { randomUUID } from "node:crypto";

import type { Check, Trial } from "../../check.js";
import type { Forger, Members } from "../../forge.js";
import { listAt, member } from "../../json.js";
import type { Person } from "../../people.js";
import { readToken } from "../../forge.js";
import { meWith } from "../steps.js";

const EXACT =
  "Check each member for its exact type and value: one algorithm, one typ, one issuer, one audience, whole numbers as times (RFC 8725).";

/** Somebody, their right claims, and a way to sign others. */
interface Signing {
  readonly forger: Forger;
  readonly person: Person;
  readonly right: Members;
}

async function signing(t: Trial): Promise<Signing> {
  const forger = await t.forger();
  const person = await t.people.signUp();
  const { claims } = readToken(person.accessToken);
  const right = {
    sub: member(claims, "sub"),
    sid: member(claims, "sid"),
    jti: member(claims, "jti"),
  };
  const control = await meWith(t, forger.token(right));
  t.status(
    control,
    200,
    "a token that is right in everything is accepted, so what follows proves something",
  );
  return { forger, person, right };
}

async function refused(t: Trial, token: string, what: string): Promise<void> {
  const answer = t.status(await meWith(t, token), 401, `${what} is refused`);
  const observed = answer.header("www-authenticate") ?? "none";
  const isRight = observed.startsWith("Bearer") && observed.includes('error="invalid_token"');
  t.holds("and the challenge says so", isRight, {
    expected: 'Bearer error="invalid_token"',
    observed,
  });
}

/** Each of these claims, in a token that is right otherwise. */
async function refusedClaims(t: Trial, bad: readonly Members[]): Promise<void> {
  const { forger, right } = await signing(t);
  for (const claims of bad) {
    await refused(t, forger.token({ ...right, ...claims }), JSON.stringify(claims).slice(0, 80));
  }
}

const now = (): number => Math.floor(Date.now() / 1000);

/** Tokens that are signed with the right key, and wrong all the same. */
export const forgedChecks: readonly Check[] = [
  {
    id: "JWT-01",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { forger, right } = await signing(t);
      for (const alg of ["none", "None", "nOnE", ""]) {
        const token = forger.sign(forger.header({ alg }), forger.claims(right));
        const [head = "", body = ""] = token.split(".");
        await refused(t, `${head}.${body}.`, `alg "${alg}" without a signature`);
        await refused(t, token, `alg "${alg}" with one`);
      }
      const [head = "", body = ""] = forger.token(right).split(".");
      await refused(t, `${head}.${body}.`, "an empty signature");
    },
  },
  {
    id: "JWT-03",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { forger, right } = await signing(t);
      for (const alg of ["HS384", "HS512"]) {
        const token = forger.sign(forger.header({ alg }), forger.claims(right));
        await refused(t, token, `the right key with ${alg}`);
      }
    },
  },
  {
    id: "JWT-04",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { aud } = (await t.forger()).claims();
      await refusedClaims(t, [
        { aud: "other" },
        { aud: undefined },
        { aud: [aud, "other"] },
        { aud: [aud] },
      ]);
    },
  },
  {
    id: "JWT-05",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { iss } = (await t.forger()).claims();
      const text = String(iss);
      await refusedClaims(t, [
        { iss: "other" },
        { iss: undefined },
        { iss: [iss] },
        { iss: text.slice(1) },
        { iss: `${text}x` },
      ]);
    },
  },
  {
    id: "JWT-06",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { forger, right } = await signing(t);
      for (const typ of ["JWT", "rt+jwt", "at+JWT", undefined]) {
        const token = forger.sign(forger.header({ typ }), forger.claims(right));
        await refused(t, token, `typ "${typ ?? "(none)"}"`);
      }
    },
  },
  {
    id: "JWT-07",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      const { forger, right } = await signing(t);
      const past = { iat: now() - 900, nbf: now() - 900, exp: now() - 11 };
      await refused(
        t,
        forger.token({ ...right, ...past }),
        "a token that ran out a second beyond the leeway",
      );
      for (const exp of [undefined, "9999999999", -1, 1e308, now() + 86_400]) {
        await refused(t, forger.token({ ...right, exp }), `exp ${exp ?? "(none)"}`);
      }
      for (const exp of ["NaN", "Infinity", `1${"0".repeat(400)}`, `${now() + 300}.5`]) {
        const claims = JSON.stringify(forger.claims({ ...right, exp: "EXP" })).replace(
          '"EXP"',
          exp,
        );
        await refused(t, forger.sign(forger.header(), claims), `exp ${exp.slice(0, 20)}`);
      }
    },
  },
  {
    id: "JWT-08",
    needs: "inspector",
    fix: EXACT,
    run: async (t) => {
      await refusedClaims(t, [{ nbf: now() + 600 }, { iat: now() + 600, exp: now() + 1200 }]);
    },
  },
  {
    id: "JWT-10",
    needs: "inspector",
    fix: "Look the session up together with the user that the token names.",
    run: async (t) => {
      const { forger, right } = await signing(t);
      const other = await t.people.signUp();
      await refused(t, forger.token({ ...right, sub: other.id }), "my session with another's id");
    },
  },
  {
    id: "JWT-11",
    needs: "inspector",
    fix: "Read sub, sid and jti as UUIDs in their one spelling before anything else looks at them.",
    run: async (t) => {
      const values = [1, null, ["x"], {}, "a\u0000", "\uD800", "1 OR 1=1", randomUUID(), undefined];
      const names = ["sub", "sid"] as const;
      await refusedClaims(
        t,
        names.flatMap((name) => values.map((value) => ({ [name]: value }))),
      );
      await refusedClaims(t, [{ jti: 1 }, { jti: null }, { jti: undefined }, { jti: "x" }]);
    },
  },
  {
    id: "JWT-12",
    needs: "inspector",
    fix: "Read the role from the database.",
    run: async (t) => {
      const { forger, right } = await signing(t);
      const token = forger.token({ ...right, role: "admin", scope: "*", is_admin: true });
      const answer = await t.http.with({ authorization: `Bearer ${token}` }).get("/users");
      t.status(answer, [401, 403], "claims that were never asked for give no right");
      const items = listAt(answer.json, "items");
      t.equal("and no list", items.length, 0);
    },
  },
];
