import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Client } from "../../client.js";
import { listAt, member } from "../../json.js";
import { isProtected } from "../../surface.js";
import { refreshTokenOf, refreshWith } from "../steps.js";
import { every, hasStatus, inTurn, needsDocument } from "../support/observe.js";

const PAGES = [
  "/docs",
  "/redoc",
  "/openapi.json",
  "/docs/oauth2-redirect",
  "/openapi.yaml",
  "/swagger.json",
];

/** What is there where a setting turns it on. */
const SHOWN = ["/docs", "/docs/init.js", "/openapi.json"];

/** Turned on in production, it is for administrators: by their token, or by their browser's cookie. */
async function isForAdministrators(t: Trial): Promise<void> {
  const server = await t.lab.server({ settings: { ENABLE_DOCS: "true" } });
  const people = t.peopleOf(server);
  const [user, admin] = [await people.signUp(), await people.admin()];
  const stranger = t.clientOf(server);
  const browser = (client: Client): Client => client.with({ authorization: undefined });
  const cases = [
    ["strangers see none where it is turned on", stranger, 401],
    ["nor does a user", user.client, 403],
    ["nor a user's browser", browser(user.client), 403],
    ["an administrator does", admin.client, 200],
    ["and so does an administrator's browser", browser(admin.client), 200],
  ] as const;
  for (const [claim, client, status] of cases) {
    const answers = await inTurn(SHOWN, (path) => client.send(path));
    every(t, { claim, expected: `${status}` }, { answers, isRight: hasStatus(status) });
  }
  const nowhere = await inTurn(["/redoc", "/docs/oauth2-redirect"], (path) => stranger.send(path));
  const claim = "what the page does not need is not there";
  every(t, { claim, expected: "404" }, { answers: nowhere, isRight: hasStatus(404) });
  const token = refreshTokenOf(t, admin);
  t.status(await refreshWith(t, token, stranger), 200, "looking uses no cookie up");
}

/** What the document of an operation has to declare, and does not. */
function undeclared(details: unknown): readonly string[] {
  const takes =
    listAt(details, "parameters").length > 0 || member(details, "requestBody") !== undefined;
  const wanted = [
    "429",
    ...(isProtected({ method: "", path: "", details }) ? ["401"] : []),
    ...(takes ? ["422"] : []),
  ];
  return wanted.filter((status) => member(details, "responses", status) === undefined);
}

/** The documentation of the API. */
export const documentChecks: readonly Check[] = [
  {
    id: "DOCS-01",
    needs: "inspector",
    profiles: ["production"],
    fix: "Mount the documentation only where a setting says so, off in production, and there let in administrators alone.",
    run: async (t) => {
      const answers = await inTurn(PAGES, (path) => t.http.send(path));
      every(
        t,
        { claim: "production shows no documentation", expected: "404" },
        { answers, isRight: hasStatus(404) },
      );
      await isForAdministrators(t);
    },
  },
  {
    id: "DOCS-02",
    needs: "http",
    profiles: ["development"],
    fix: "Serve the page's scripts from here, its first lines too, and allow no inline script.",
    run: async (t) => {
      const page = t.status(await t.http.send("/docs"), 200, "development shows the page");
      const found = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(
        (match) => match[1] ?? "",
      );
      t.equal(
        "it loads nothing from elsewhere",
        found.filter((link) => /^(https?:)?\/\//.test(link)),
        [],
      );
      const inline = [...page.text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+="/g)].map(
        ([text]) => text,
      );
      t.equal("it has no inline script", inline, []);
      const policy = page.header("content-security-policy") ?? "";
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "missing";
      t.equal("its policy allows its own scripts only", scripts, "'self'");
      const links = found.filter((link) => /\.(js|css)$/.test(link));
      const files = await inTurn(links, (link) =>
        t.http.send(new URL(link, "http://page/docs").pathname),
      );
      every(
        t,
        { claim: "what it loads is there", expected: "200" },
        { answers: files, isRight: hasStatus(200) },
      );
    },
  },
  {
    id: "DOCS-03",
    needs: "http",
    fix: "Declare the security scheme and the refusals of an operation where its router is made.",
    run: (t) => {
      needsDocument(t);
      const operations = t.surface.operations.filter(({ path }) => path.startsWith("/api/"));
      const missing = operations.flatMap(({ method, path, details }) =>
        undeclared(details).map((status) => `${status} of ${method} ${path}`),
      );
      t.equal("every refusal is declared", missing, []);
      t.holds("the document says who may call", operations.some(isProtected), {
        expected: "a security scheme on protected operations",
        observed: `${operations.filter(isProtected).length} of ${operations.length} operations have one`,
      });
      return Promise.resolve();
    },
  },
  {
    id: "DOCS-04",
    needs: "inspector",
    fix: "Set SECURITY_CONTACT, and serve RFC 9116's file from it.",
    run: async (t) => {
      const answer = t.status(
        await t.http.send("/.well-known/security.txt"),
        200,
        "security.txt is there",
      );
      const field = (name: string): string =>
        new RegExp(`^${name}: (.+)$`, "m").exec(answer.text)?.[1] ?? "";
      const isRight = (one: Answer): boolean =>
        (one.header("content-type") ?? "").startsWith("text/plain");
      every(
        t,
        { claim: "it is plain text", expected: "text/plain" },
        { answers: [answer], isRight },
      );
      t.equal("it says whom to tell", field("Contact"), t.lab.settings.SECURITY_CONTACT ?? "");
      const expires = Date.parse(field("Expires"));
      t.holds("it has not expired", expires > Date.now(), {
        request: answer.request,
        expected: "a day to come",
        observed: field("Expires"),
      });
    },
  },
];
