import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import { entriesOf, member, namesIn } from "../../json.js";
import { type Operation, resolve, resourceShownBy } from "../../surface.js";
import { every, needsDocument } from "../support/observe.js";
import { propertiesOf } from "../support/sample.js";

const SECRETS =
  /^(hashed_password|password(_hash)?|secret|totp\w*|token(_hash)?|refresh_token|failed_\w+|key_hash|mac)$/;
/** These answers exist to hand over a secret, once. */
const HANDS_OVER = /\/(login|refresh|two-factor\b.*|api-keys|tickets)$/;

/** The member names of what an operation answers when all goes well. */
function answeredNames(t: Trial, { details }: Operation): readonly string[] {
  const { document } = t.surface;
  const seen = new Set<unknown>();
  const visit = (schema: unknown): readonly string[] => {
    const found = resolve(document, schema);
    if (typeof found !== "object" || found === null || seen.has(found)) return [];
    seen.add(found);
    const names = entriesOf(member(found, "properties")).map(([name]) => name);
    return [
      ...names,
      ...Object.values(found).flatMap((inner) => [inner].flat().flatMap(visit)),
      ...entriesOf(member(found, "properties")).flatMap(([, inner]) => visit(inner)),
    ];
  };
  return entriesOf(member(details, "responses"))
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, response]) => visit(member(response, "content", "application/json", "schema")));
}

/** Fields of a resource that its clients fill themselves: what they are called is no secret of ours. */
function ownNames(t: Trial, operation: Operation): ReadonlySet<string> {
  const schema = resourceShownBy(t.surface, operation)?.createSchema;
  return new Set(propertiesOf(t.surface.document, schema).map(({ name }) => name));
}

/** What no answer tells. */
export const secretChecks: readonly Check[] = [
  {
    id: "AUTHZ-10",
    needs: "http",
    fix: "Answer with a schema that lists what may be shown, never with the row.",
    run: async (t) => {
      needsDocument(t);
      const shown = t.surface.operations.filter(({ path }) => !HANDS_OVER.test(path));
      const told = shown.flatMap((one) =>
        answeredNames(t, one)
          .filter((name) => SECRETS.test(name) && !ownNames(t, one).has(name))
          .map((name) => `${name} in ${one.method} ${one.path}`),
      );
      t.equal("the document shows no field for a secret", told, []);
      const { client } = await t.people.signUp();
      const lists = shown.filter(({ method, path }) => method === "GET" && !path.includes("{"));
      for (const list of lists) {
        const own = ownNames(t, list);
        const isRight = (answer: Answer): boolean =>
          namesIn(answer.json).every((name) => !SECRETS.test(name) || own.has(name));
        const answers = [await client.send(list.path)];
        every(
          t,
          { claim: "and no answer has one", expected: "no such name" },
          { answers, isRight },
        );
      }
    },
  },
];
