import { randomUUID } from "node:crypto";

import type { Check, Trial } from "../../check.js";
import type { Instance } from "../../lab.js";
import { refreshTokenOf, refreshWith } from "../steps.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A line of its own, a colour, and what some viewers take for the end of a line. */
const FORGED = '\n{"level": "critical", "event": "forged"}\u001b[31m\u2028';

/** A server that says all it ever says, as whoever looks for a fault would have it. */
function talkative(t: Trial): Promise<Instance> {
  const settings = { LOG_LEVEL: "DEBUG", LOG_FORMAT: "json" };
  return t.lab.server({ settings, ownDatabase: true });
}

/** Secrets of the settings, and the parts of them that stand elsewhere too. */
function settingsSecrets({ SECRET_KEY, ENCRYPTION_KEYS, DATABASE_URL }: Instance["settings"]) {
  const keys = (ENCRYPTION_KEYS ?? "").split(",").map((key) => key.slice(key.indexOf(":") + 1));
  const password = /:\/\/[^:/@]*:([^@]+)@/.exec(DATABASE_URL ?? "")?.[1];
  return [SECRET_KEY ?? "", ...keys, ...(password === undefined ? [] : [password])];
}

/** The names of secrets that stand in a text. */
function told(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.entries(secrets).filter(([, value]) => value !== "" && text.includes(value));
  return found.map(([name]) => name);
}

/** What is written to the log, and what must not be. */
export const secretChecks: readonly Check[] = [
  {
    id: "LOG-01",
    needs: "inspector",
    fix: "Send every line through one formatter that takes secrets out by name, by shape and by value.",
    run: async (t) => {
      const server = await talkative(t);
      const client = t.clientOf(server);
      const people = t.peopleOf(server);
      const person = await people.signUp();
      const token = refreshTokenOf(t, person);
      const refreshed = await refreshWith(t, token, person.client);
      const wrong = "a wrong but long password";
      await people.logIn({ ...person, password: wrong }, client.fresh());
      await client.get(`/users/me?access_token=${person.accessToken}&password=${wrong}`);
      await client.get(`/nothing/${person.accessToken}`);
      await client.post("/auth/register", { ...person, password: 4711, other: wrong });
      await server.inspector.rename("users", "users_away");
      const broken = await people.logIn(person, client.fresh());
      t.status(broken, [500, 503], "a broken database is logged too");
      await server.inspector.rename("users_away", "users");
      const [key = "", ...others] = settingsSecrets(server.settings);
      const secrets = {
        "the password": person.password,
        "a wrong password": wrong,
        "the e-mail address": person.email,
        "an access token": person.accessToken,
        "a new access token": refreshed.field("access_token"),
        "a refresh token": token,
        SECRET_KEY: key,
        ...Object.fromEntries(others.map((value, at) => [`setting ${at + 1}`, value])),
      };
      t.holds("the server logs requests", server.log().includes("/users/me"), {
        expected: "a line about /users/me",
        observed: server.log().slice(-300),
      });
      t.equal("no secret stands in its log", told(server.log(), secrets), []);
      const { log, settings } = t.instance;
      const own = settingsSecrets(settings).map((value, at) => [`setting ${at}`, value] as const);
      const rest = told(log(), Object.fromEntries(own));
      t.equal("nor in the log of the server that every check has attacked", rest, []);
    },
  },
  {
    id: "LOG-03",
    needs: "inspector",
    fix: "Write a line as JSON in ASCII, or with every sign that is not printable escaped.",
    run: async (t) => {
      const server = await talkative(t);
      const client = t.clientOf(server);
      const mark = `x${randomUUID().replaceAll("-", "")}`;
      const evil = `${mark}${FORGED}`;
      await client.get(`/nothing/${encodeURIComponent(evil)}`);
      await client.get("/users/me", { headers: { "user-agent": `${mark}\u001b[31m` } });
      await client.ask("/auth/login", { method: "POST", form: { username: evil, password: evil } });
      const lines = server.log().split(/[\n\u2028]/);
      const about = lines.filter((line) => line.includes(mark) || line.includes("forged"));
      const isWhole = about.every((line) => levelOf(line) !== "" && levelOf(line) !== "critical");
      const observed = about.join("\n").slice(0, 600);
      const expected = "records of the server's own, with the text inside";
      t.holds("what a client sends makes no record", about.length > 0 && isWhole, {
        ...{ request: `GET /nothing/${encodeURIComponent(evil)}`, expected, observed },
      });
      t.equal("no sign of a terminal is in the log", server.log().includes("\u001b"), false);
    },
  },
  {
    id: "LOG-07",
    needs: "inspector",
    fix: "Take X-Request-ID over when it is a UUID, and make one of your own otherwise.",
    run: async (t) => {
      const known = randomUUID();
      const mark = randomUUID().slice(0, 8);
      const sent = [`${known}{${mark}}`, mark.repeat(1250), "", `../${mark}`];
      const echoed = await t.http.get("/users/me", { headers: { "x-request-id": known } });
      t.equal("a UUID is echoed", echoed.header("x-request-id"), known);
      t.equal("and stands in the body of a problem", echoed.field("request_id"), known);
      for (const value of sent) {
        const answer = await t.http.get("/users/me", { headers: { "x-request-id": value } });
        const given = answer.header("x-request-id") ?? "";
        const isReplaced = answer.status === 431 || (UUID.test(given) && given !== value);
        t.holds("anything else is replaced", isReplaced, {
          request: answer.request,
          ...{ expected: "a UUID of the server", observed: given.slice(0, 100) },
        });
      }
      t.equal("the log knows the request by its id", t.instance.log().includes(known), true);
      t.equal("and nothing of the others", t.instance.log().includes(`{${mark}}`), false);
    },
  },
];

/** The level of a record; empty where the line is no record. */
function levelOf(line: string): string {
  try {
    const record: unknown = JSON.parse(line);
    const level: unknown = typeof record === "object" ? Reflect.get(record ?? {}, "level") : "";
    return typeof level === "string" ? level : "";
  } catch {
    return "";
  }
}
