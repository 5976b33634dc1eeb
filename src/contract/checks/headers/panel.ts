import type { Answer } from "../../answer.js";
import type { Trial } from "../../check.js";
import { LISTED_ORIGIN } from "../../profiles.js";

const TOO_LONG = 2 * 1024 * 1024;

/** One answer of every kind that a client can bring about. */
export async function panel(t: Trial): Promise<readonly Answer[]> {
  const { client, ...person } = await t.people.signUp();
  const preflight = { origin: LISTED_ORIGIN, "access-control-request-method": "GET" };
  const text = { "content-type": "text/plain" };
  const long = { "content-type": "application/json", "content-length": `${TOO_LONG}` };
  const answers = [
    await t.http.send("/health/live"),
    await t.http.send("/health/live", { method: "HEAD" }),
    await client.get("/users/me"),
    await t.http.get("/users/me"),
    await client.get("/users"),
    await t.http.send("/nowhere"),
    await t.http.send("/"),
    await client.ask("/users/me", { method: "PUT", json: {} }),
    await t.http.send("/api/v1/users/me", { method: "TRACE" }),
    await t.http.send("/api/v1/users/me", { method: "OPTIONS", headers: preflight }),
    await t.http.ask("/auth/register", { method: "POST", body: "{", headers: text }),
    await t.http.ask("/auth/register", { method: "POST", headers: long }),
    await t.http.ask("/auth/register", {
      method: "POST",
      body: "{",
      headers: { "content-type": "application/json" },
    }),
    await client.patch("/users/me", { nothing: 1 }),
    await t.http.send("/health/live", { headers: { host: "evil.example" } }),
    await t.http.post("/auth/refresh", undefined, { headers: { origin: "https://evil.example" } }),
    await t.people.logIn({ ...person, password: "not the password at all" }, t.people.browser()),
    await t.people.logIn(person, t.people.browser()),
    await client.post("/auth/logout"),
  ];
  return answers;
}
