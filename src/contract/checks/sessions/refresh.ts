import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { cookiesOf } from "../../cookies.js";
import type { Person } from "../../people.js";
import {
  auditRows,
  meWith,
  refreshCookie,
  refreshTokenIn,
  refreshTokenOf,
  refreshWith,
} from "../steps.js";

const ROTATE =
  "Use a refresh token once, by a conditional UPDATE; a replay after the grace revokes the family, in a transaction that survives the refusal.";

/** Seconds that pass, as the rows tell, until a replay is a theft. */
async function letGracePass(t: Trial): Promise<void> {
  const seconds = Number(t.lab.settings.REFRESH_REUSE_GRACE_SECONDS ?? 10) + 1;
  await t.inspector.age("refresh_tokens", {}, { columns: ["used_at"], seconds });
}

async function sessionsOf(
  t: Trial,
  { id }: Person,
): Promise<readonly { revoked_at?: unknown; id?: unknown }[]> {
  return t.inspector.rows("sessions", { user_id: id });
}

/** Exchange of refresh tokens. */
export const refreshChecks: readonly Check[] = [
  {
    id: "SESS-01",
    needs: "inspector",
    fix: ROTATE,
    run: async (t) => {
      const person = await t.people.signUp();
      const first = refreshTokenOf(t, person);
      const refreshed = t.status(await refreshWith(t, first), 200, "a refresh token is good once");
      const second = refreshTokenIn(t, refreshed);
      await letGracePass(t);
      t.status(await refreshWith(t, first), 401, "a replay is refused");
      t.status(await refreshWith(t, second), 401, "and ends the family: its newest token is dead");
      const token = refreshed.field("access_token");
      t.status(await meWith(t, token), 401, "and so is the access token");
      const [session] = await sessionsOf(t, person);
      t.equal("the revocation is stored", session?.revoked_at !== null, true);
      const rows = await auditRows(t, "refresh_reuse", { actor_id: person.id });
      t.equal("and on record", rows.length, 1);
    },
  },
  {
    id: "SESS-02",
    needs: "inspector",
    fix: ROTATE,
    run: async (t) => {
      const person = await t.people.signUp();
      const token = refreshTokenOf(t, person);
      const answers = await Promise.all(Array.from({ length: 20 }, () => refreshWith(t, token)));
      const won = answers.filter(({ status }) => status === 200);
      t.equal("of twenty at once, one wins", won.length, 1);
      // 503: who waits too long for the others' lock, on a busy machine, has spent nothing.
      for (const answer of answers) t.status(answer, [200, 401, 503], "the others are refused");
      const [session] = await sessionsOf(t, person);
      const rows = await t.inspector.rows("refresh_tokens", { session_id: String(session?.id) });
      t.equal("there is one successor", rows.length, 2);
      const [winner] = won;
      const next = winner === undefined ? "" : refreshTokenIn(t, winner);
      t.status(await refreshWith(t, next), 200, "the winner's token works");
    },
  },
  {
    id: "SESS-10",
    needs: "http",
    fix: "Make refresh tokens of 32 random bytes.",
    run: async (t) => {
      const account = await t.people.enrol();
      const tokens: string[] = [];
      for (let count = 0; count < 20; count += 1) {
        tokens.push(refreshTokenOf(t, await t.people.signIn(account)));
      }
      t.equal("no two are equal", new Set(tokens).size, tokens.length);
      const short = tokens.filter((token) => !/^[\w-]{43,}$/.test(token));
      t.equal("each has 43 characters of base64url or more", short.length, 0);
      t.equal(
        "they begin differently",
        new Set(tokens.map((token) => token.slice(0, 4))).size > 15,
        true,
      );
    },
  },
  {
    id: "SESS-12",
    needs: "http",
    fix: "Set the cookie with HttpOnly, SameSite=Strict, Path=/, no Domain, and in production __Host- and Secure; nowhere else.",
    run: async (t) => {
      const account = await t.people.enrol();
      const answer = await t.people.logIn(account, t.people.browser());
      const cookie = cookiesOf(answer).find(({ name }) => name === refreshCookie(t));
      const { attributes = new Map<string, string>(), value = "", line = "none" } = cookie ?? {};
      const flags = t.profile === "production" ? ["httponly", "secure"] : ["httponly"];
      const missing = flags.filter((flag) => !attributes.has(flag));
      const isRight =
        missing.length === 0 &&
        attributes.get("samesite")?.toLowerCase() === "strict" &&
        attributes.get("path") === "/" &&
        !attributes.has("domain");
      const expected = `${refreshCookie(t)}=...; Path=/; ${flags.join("; ")}; SameSite=Strict, and no Domain`;
      t.holds("the cookie is kept from scripts and other sites", isRight, {
        expected,
        observed: line,
      });
      t.equal("it is short enough for every browser", line.length < 4096, true);
      t.equal(
        "the token is in the cookie only",
        value !== "" && !answer.text.includes(value),
        true,
      );
    },
  },
  {
    id: "SESS-13",
    needs: "http",
    fix: "Compare Origin with the list and Sec-Fetch-Site with same-origin before anything is done.",
    run: async (t) => {
      const person = await t.people.signUp();
      const foreign = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ];
      for (const headers of foreign) {
        const asks = [
          () => person.client.with(headers).post("/auth/refresh"),
          () => person.client.with(headers).post("/auth/logout"),
        ];
        for (const ask of asks) t.status(await ask(), 403, "another site is refused");
      }
      t.status(await person.client.get("/users/me"), 200, "and has signed nobody out");
      const listed = { origin: "https://app.example.com", "sec-fetch-site": "cross-site" };
      const passes = (answer: Answer, claim: string): Answer => t.status(answer, 200, claim);
      passes(
        await person.client.with(listed).post("/auth/refresh"),
        "the token was not consumed, and a listed origin passes",
      );
      passes(
        await person.client.post("/auth/refresh"),
        "who sends neither header is no browser, and passes",
      );
    },
  },
  {
    id: "SESS-15",
    needs: "http",
    fix: "Give every sign-in a new token, and retire the one that came with it.",
    run: async (t) => {
      const victim = await t.people.enrol();
      const planted = "A".repeat(43);
      const browser = t.people.browser();
      browser.manner.jar?.set(refreshCookie(t), planted);
      const person = await t.people.signIn(victim, browser);
      t.equal("a planted cookie is replaced", refreshTokenOf(t, person) === planted, false);
      t.status(await refreshWith(t, planted), 401, "and worth nothing");
      const earlier = refreshTokenOf(t, person);
      await t.people.signIn(victim, browser);
      t.status(await refreshWith(t, earlier), 401, "the browser's earlier token is dead");
    },
  },
];
