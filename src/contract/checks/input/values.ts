import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { textAt } from "../../json.js";
import type { Person } from "../../people.js";
import type { Resource } from "../../surface.js";
import { every, hasStatus, inTurn, isProblem, isRefused } from "../support/observe.js";
import { bodyFor, personal } from "../support/owned.js";
import { type Property, propertiesOf } from "../support/sample.js";

const QUICK_MILLISECONDS = 1000;
const ADDRESSES = [
  `${"a".repeat(250)}@example.com`,
  "a@b@c",
  "a@[127.0.0.1]",
  '"<script>"@x.example',
  '"a\r\nBcc: b@example.com"@example.com',
  "a@example.com\r\nBcc: b@example.com",
  "a@",
  "@example.com",
  "a",
  "Bob <a@example.com>",
  "a@exa mple.com",
  "а@exаmple.com",
  "a@ex\u{430}mple.com",
  // All of it Cyrillic, as letters and as an A-label; and a g of phoneticians.
  "a@\u{430}\u{440}\u{440}\u{4cf}\u{435}.com",
  "a@xn--80ak6aa92e.com",
  "a@\u{261}oogle.com",
  "a@-example.com",
  "a@localhost",
];
const TIMES = [
  "2026-01-02T03:04:05",
  "0000-01-01T00:00:00Z",
  "99999-01-01T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2026-06-30T23:59:61Z",
  "1e20",
  "yesterday",
  "",
];
const ADDRESSES_OF_OTHERS = [
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "ftp://example.com/",
  "//example.com",
  "https://",
  "gopher://example.com/",
];
const MARKUP = `<b>"bold" & 'quoted'</b>`;

interface Field extends Property {
  readonly resource: Resource;
}

/** Fields of resources whose schema is so. */
function fields(t: Trial, isWanted: (schema: unknown) => boolean): readonly Field[] {
  return personal(t).flatMap((resource) =>
    propertiesOf(t.surface.document, resource.createSchema)
      .filter(({ schema }) => isWanted(schema))
      .map((property) => ({ ...property, resource })),
  );
}

/** Put each of these into a field of a new row. */
async function put(
  t: Trial,
  person: Person,
  { field, values }: { field: Field; values: readonly unknown[] },
): Promise<readonly Answer[]> {
  const body = await bodyFor(t, person, field.resource);
  return inTurn(values, (value) =>
    person.client.post(field.resource.path, { ...body, [field.name]: value }),
  );
}

/** All of them were understood, and refused for what they say. */
function areUnprocessable(t: Trial, claim: string, answers: readonly Answer[]): void {
  const isRight = (answer: Answer): boolean => hasStatus(422)(answer) && isProblem(answer);
  every(t, { claim, expected: "422" }, { answers, isRight });
}

/** What stands in a field. */
export const valueChecks: readonly Check[] = [
  {
    id: "INPUT-15",
    needs: "http",
    fix: "Bound a text's length before any expression looks at it, and use none that backtracks.",
    run: async (t) => {
      const hostile = [
        "a@".repeat(25_000),
        `${"a".repeat(50_000)}!`,
        "(".repeat(50_000),
        "a.".repeat(25_000),
        `${"-".repeat(50_000)}@x`,
        " ".repeat(50_000),
      ];
      const account = t.people.invent();
      const bodies = hostile.flatMap((text) =>
        ["email", "username", "password"].map((name) => ({ ...account, [name]: text })),
      );
      const answers = await inTurn(bodies, (body) => t.http.post("/auth/register", body));
      const isRight = (answer: Answer): boolean =>
        isRefused(answer) && answer.milliseconds < QUICK_MILLISECONDS;
      const expected = `4xx within ${QUICK_MILLISECONDS} ms`;
      every(t, { claim: "50 000 characters are refused at once", expected }, { answers, isRight });
    },
  },
  {
    id: "INPUT-16",
    needs: "http",
    fix: "Take plain addresses only: one @, a name and a domain, no quotes and no lines.",
    run: async (t) => {
      const answers = await inTurn(ADDRESSES, (email) =>
        t.http.post("/auth/register", { ...t.people.invent(), email }),
      );
      areUnprocessable(t, "what is no plain address is none", answers);
    },
  },
  {
    id: "INPUT-17",
    needs: "http",
    fix: "Take times with a zone, between sensible years, and store them in UTC.",
    run: async (t) => {
      const times = fields(t, (schema) => textAt(schema, "format") === "date-time");
      const person = await t.people.signUp();
      for (const field of times) {
        const answers = await put(t, person, { field, values: [...TIMES, 1e15] });
        const claim = `${field.name} of ${field.resource.path} is a time with a zone`;
        areUnprocessable(t, claim, answers);
      }
      const admin = await t.people.admin();
      const answers = await inTurn(TIMES, (time) =>
        admin.client.get(`/audit-events?since=${encodeURIComponent(time)}`),
      );
      areUnprocessable(t, "so is the time in a query", answers);
    },
  },
  {
    id: "INPUT-18",
    needs: "http",
    fix: "Store and return text as it came; what renders it escapes it.",
    run: async (t) => {
      const isPlain = (schema: unknown): boolean =>
        textAt(schema, "type") === "string" &&
        ["format", "pattern", "contentMediaType"].every((name) => textAt(schema, name) === "");
      const isShown = ({ name, resource }: Field): boolean =>
        propertiesOf(t.surface.document, resource.shownSchema).some((one) => one.name === name);
      // What is private is in no answer.
      const texts = fields(t, isPlain).filter(isShown).slice(0, 5);
      const person = await t.people.signUp();
      for (const field of texts) {
        const [answer] = await put(t, person, { field, values: [MARKUP] });
        if (answer?.status !== 201) continue;
        const stored = textAt(answer.json, field.name);
        t.equal(
          `${field.name} of ${field.resource.path} is returned as it was sent`,
          stored,
          MARKUP,
        );
      }
      const me = await person.client.get("/users/me");
      t.equal("a browser is told that this is JSON", me.header("content-type"), "application/json");
      t.equal("and not to guess", me.header("x-content-type-options"), "nosniff");
    },
  },
  {
    id: "INPUT-19",
    needs: "http",
    fix: "Take http and https only; where the server fetches, resolve the name first and refuse private addresses.",
    run: async (t) => {
      const urls = fields(t, (schema) => textAt(schema, "format") === "uri");
      if (urls.length === 0) t.skip("no field of the project holds a URL");
      const person = await t.people.signUp();
      for (const field of urls) {
        const answers = await put(t, person, { field, values: ADDRESSES_OF_OTHERS });
        const claim = `${field.name} of ${field.resource.path} leads to the web`;
        areUnprocessable(t, claim, answers);
      }
    },
  },
];
