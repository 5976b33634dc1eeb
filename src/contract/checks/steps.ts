import type { Answer } from "../answer.js";
import { Unprepared, type Trial } from "../check.js";
import type { Client } from "../client.js";
import { cookiesOf } from "../cookies.js";
import type { Row } from "../inspector.js";
import type { Account, Person } from "../people.js";

/** The name of the cookie that carries the refresh token. */
export function refreshCookie({ profile }: Trial): string {
  return profile === "production" ? "__Host-refresh_token" : "refresh_token";
}

/** The refresh token that somebody's browser has now. */
export function refreshTokenOf(t: Trial, { client }: Pick<Person, "client">): string {
  return client.manner.jar?.get(refreshCookie(t)) ?? "";
}

/** The refresh token that an answer sets; empty when it sets none. */
export function refreshTokenIn(t: Trial, answer: Answer): string {
  return cookiesOf(answer).find(({ name }) => name === refreshCookie(t))?.value ?? "";
}

/** Send a refresh token of one's own choice, as a thief does. */
export function refreshWith(t: Trial, token: string, client: Client = t.http): Promise<Answer> {
  const cookie = `${refreshCookie(t)}=${token}`;
  return client
    .with({ authorization: undefined })
    .post("/auth/refresh", undefined, { headers: { cookie } });
}

/** Send a sign-in form. */
export function logIn(t: Trial, username: string, password: string): Promise<Answer> {
  return t.http.ask("/auth/login", { method: "POST", form: { username, password } });
}

/** Ask for one's account with a token. */
export function meWith(t: Trial, token: string, headers = {}): Promise<Answer> {
  return t.http.with({ authorization: `Bearer ${token}`, ...headers }).get("/users/me");
}

/** The stored account; it must be there. */
export async function storedUser(t: Trial, { email }: Pick<Account, "email">): Promise<Row> {
  const [row] = await t.inspector.rows("users", { email });
  if (row === undefined) throw new Error(`No account of ${email} is stored.`);
  return row;
}

/** Let the waits between sign-ins pass. */
export async function ageThrottles(t: Trial, seconds: number): Promise<void> {
  const columns = ["failed_at", "blocked_until"];
  await t.inspector.age("login_throttles", {}, { columns, seconds });
}

/** Move somebody's sign-ins into the past, with all that was true of them. */
export async function ageSessions(
  t: Trial,
  { id }: Pick<Person, "id">,
  seconds: number,
): Promise<void> {
  const columns = ["created_at", "last_used_at", "expires_at"];
  await t.inspector.age("sessions", { user_id: id }, { columns, seconds });
  for (const session of await t.inspector.rows("sessions", { user_id: id })) {
    const times = ["created_at", "expires_at", "used_at"];
    const where = { session_id: session.id ?? null };
    await t.inspector.age("refresh_tokens", where, { columns: times, seconds });
  }
}

/** Events of a kind, newest first. */
export async function auditRows(t: Trial, event: string, where = {}): Promise<readonly Row[]> {
  const rows = await t.inspector.rows("audit_events", { event, ...where });
  return rows.toSorted((a, b) => Number(b.seq) - Number(a.seq));
}

/** What has to work before the attack can be made. */
export function prepared(what: string, answer: Answer, statuses: readonly number[]): Answer {
  if (!statuses.includes(answer.status)) throw new Unprepared(what, answer);
  return answer;
}

/** The number that a quarter of them are below. */
export function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
}

/**
 * Two kinds of request must take the same time: lower quartiles of interleaved runs, because a busy machine only
 * ever adds to a time; and it gets three tries.
 */
export async function takesAsLong(
  t: Trial,
  claim: string,
  [first, second]: readonly [() => Promise<Answer>, () => Promise<Answer>],
): Promise<void> {
  const expected = "quartiles within 10 % or 5 ms of each other";
  let observed = "";
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [one, other]: [number[], number[]] = [[], []];
    for (let count = 0; count < 16; count += 1) {
      one.push((await first()).milliseconds);
      other.push((await second()).milliseconds);
    }
    const [a, b] = [lowerQuartile(one), lowerQuartile(other)];
    observed = `${a.toFixed(1)} ms and ${b.toFixed(1)} ms`;
    const isAlike = Math.abs(a - b) < Math.max(5, 0.1 * Math.max(a, b));
    if (isAlike) break;
    if (attempt === 2) t.holds(claim, false, { expected, observed });
  }
  t.holds(claim, true, { expected, observed });
}
