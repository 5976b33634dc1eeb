import { randomUUID } from "node:crypto";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Client } from "../../client.js";
import type { Row } from "../../inspector.js";
import type { Person } from "../../people.js";
import { send, sendForm } from "../uploads/files.js";
import { prepared, refreshTokenOf, refreshWith } from "../steps.js";

const FIX =
  "Record every decision about access: in the transaction of what it records, or, of a refusal, in one of its own.";
const NEXT = "walnut drizzle hinge pivot";
/** An IPv4 address without its last part, an IPv6 one without its host. */
const COARSE = /^(\d+\.\d+\.\d+\.0\/24|[0-9a-f:]+::\/48)$/;

/** What somebody did, and the event that it has to leave. */
interface Deed {
  readonly event: string;
  readonly outcome: "success" | "failure";
  readonly status: readonly number[];
  readonly act: (client: Client) => Promise<Answer>;
  /** Whose doing it is; nobody's where no account is proven. */
  readonly actor?: Person;
  /** Sent by somebody who is not signed in. */
  readonly isAnonymous?: boolean;
}

interface Cast {
  readonly admin: Person;
  readonly alice: Person;
  readonly bob: Person;
}

/** Succeeding and failing, by those who sign in. */
function ownDeeds(t: Trial, { alice }: Cast): readonly Deed[] {
  const { people } = t;
  const fresh = people.invent();
  const passwords = { current_password: alice.password, new_password: NEXT };
  const form = { username: alice.email, password: NEXT };
  const wrong = { ...form, password: "not the password at all" };
  const login = (sent: typeof form) => (client: Client) =>
    client.ask("/auth/login", { method: "POST", form: sent });
  const done = { outcome: "success", actor: alice } as const;
  const registration = { event: "registered", outcome: "success", status: [201, 202] } as const;
  return [
    { ...registration, act: (client) => people.register(fresh, client) },
    {
      ...{ event: "password_changed", ...done, status: [204] },
      act: (client) => client.post("/auth/password", passwords),
    },
    { event: "login_succeeded", ...done, isAnonymous: true, status: [200], act: login(form) },
    { event: "login_failed", outcome: "failure", status: [401], act: login(wrong) },
    {
      ...{ event: "data_exported", ...done, status: [200] },
      act: (client) => client.get("/users/me/export"),
    },
    {
      ...{ event: "access_denied", outcome: "failure", actor: alice, status: [403] },
      act: (client) => client.get("/users"),
    },
    {
      ...{ event: "logout", ...done, status: [204] },
      act: (client) => client.post("/auth/logout"),
    },
  ];
}

/** By an administrator, and what ends an account. */
function otherDeeds({ admin, bob }: Cast): readonly Deed[] {
  const done = { outcome: "success", actor: admin, status: [200] } as const;
  const user = `/users/${bob.id}`;
  return [
    { event: "admin_read", ...done, act: (by) => by.get(user) },
    { event: "role_changed", ...done, act: (by) => by.patch(user, { role: "admin" }) },
    { event: "user_deactivated", ...done, act: (by) => by.patch(user, { is_active: false }) },
    { event: "account_deleted", ...done, status: [204], act: (by) => by.delete(user) },
  ];
}

/** Files that are not taken: for what they are, and for what they come in. */
function refusedFiles({ alice }: Cast): readonly Deed[] {
  const refused = { event: "upload_refused", outcome: "failure", actor: alice } as const;
  const form = { "content-type": "multipart/form-data" };
  return [
    { ...refused, status: [415], act: (by) => send(by, Buffer.from("<html>")) },
    { ...refused, status: [415], act: (by) => by.post("/files", {}) },
    { ...refused, status: [400], act: (by) => sendForm(by, "", form) },
  ];
}

async function leavesRow(t: Trial, deed: Deed): Promise<void> {
  const { event, outcome, status, act, actor, isAnonymous = false } = deed;
  const sender = isAnonymous ? undefined : actor?.client;
  const client = (sender ?? t.http).with({ "x-request-id": randomUUID() });
  const answer = prepared(`${event} cannot be brought about`, await act(client), status);
  const request_id = answer.header("x-request-id") ?? "";
  const rows = await t.inspector.rows("audit_events", { event, request_id });
  const [row = {}] = rows;
  t.holds(`${event} leaves one row`, rows.length === 1, {
    request: answer.request,
    ...{ expected: `one row ${event} of request ${request_id}`, observed: `${rows.length} rows` },
  });
  t.equal(`${event} has its outcome`, row.outcome, outcome);
  if (actor !== undefined) t.equal(`${event} names who it was`, row.actor_id, actor.id);
  t.holds(`${event} tells when and from where`, isPlaced(row), {
    expected: "a time of the last minute in UTC, and a shortened address",
    observed: `${String(row.created_at)}, ${String(row.ip)}`,
  });
}

function isPlaced({ created_at, ip }: Row): boolean {
  const age = Math.abs(Date.now() - Date.parse(String(created_at)));
  return String(created_at).endsWith("Z") && age < 60_000 && COARSE.test(String(ip));
}

/** A refresh token that is used again, as the thief or the victim does. */
async function replay(t: Trial, person: Person): Promise<void> {
  const token = refreshTokenOf(t, person);
  prepared("nobody can refresh", await refreshWith(t, token), [200]);
  await t.inspector.age("refresh_tokens", {}, { columns: ["used_at"], seconds: 60 });
  await leavesRow(t, {
    ...{ event: "refresh_reuse", outcome: "failure", status: [401] },
    act: (client) => refreshWith(t, token, client),
  });
}

/** Who is refused before the application: one row, however often. */
async function preflights(t: Trial): Promise<void> {
  const server = await t.lab.server({ ownDatabase: true });
  const asked = { origin: "https://evil.example", "access-control-request-method": "GET" };
  const ask = (): Promise<Answer> =>
    t.clientOf(server).send("/api/v1/users", { method: "OPTIONS", headers: asked });
  prepared("another site's question is answered", await ask(), [403]);
  await ask();
  const rows = await server.inspector.rows("audit_events", { event: "access_denied" });
  const ofDoor = rows.filter(({ details }) => JSON.stringify(details).includes("cors_refused"));
  t.equal("refusals at the door leave one row", ofDoor.length, 1);
}

/** What happened stays on record. */
export const eventChecks: readonly Check[] = [
  {
    id: "LOG-02",
    needs: "inspector",
    fix: FIX,
    run: async (t) => {
      const cast = {
        admin: await t.people.admin(),
        alice: await t.people.signUp(),
        bob: await t.people.signUp(),
      };
      if (t.surface.features.has("uploads"))
        for (const deed of refusedFiles(cast)) await leavesRow(t, deed);
      for (const deed of ownDeeds(t, cast)) await leavesRow(t, deed);
      for (const deed of otherDeeds(cast)) await leavesRow(t, deed);
      await replay(t, await t.people.signUp());
      await preflights(t);
    },
  },
];
