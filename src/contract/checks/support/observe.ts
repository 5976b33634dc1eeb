import type { Answer } from "../../answer.js";
import type { Trial } from "../../check.js";
import { textAt } from "../../json.js";

const PROBLEM = "application/problem+json";

/** An error in the one shape that all errors have (RFC 9457). */
export function isProblem(answer: Answer): boolean {
  const { json, status } = answer;
  const says = textAt(json, "title") !== "" && textAt(json, "type") !== "";
  return (
    answer.header("content-type") === PROBLEM && says && answer.field("status") === `${status}`
  );
}

/** Refused as a client's fault: with a problem, and not by breaking. */
export function isRefused(answer: Answer): boolean {
  return answer.status >= 400 && answer.status < 500 && isProblem(answer);
}

/** One observation of many answers that must all be right: the first wrong one, or how many there were. */
export function every(
  t: Trial,
  { claim, expected }: { readonly claim: string; readonly expected: string },
  { answers, isRight }: { answers: readonly Answer[]; isRight: (answer: Answer) => boolean },
): void {
  const wrong = answers.find((answer) => !isRight(answer));
  const observed = wrong?.shown ?? `${answers.length} answers, all so`;
  const request = wrong?.request ?? answers.map((answer) => answer.request).join("\n");
  t.holds(claim, wrong === undefined && answers.length > 0, { request, expected, observed });
}

/** Whether an answer's status is one of these. */
export function hasStatus(...wanted: readonly number[]): (answer: Answer) => boolean {
  return ({ status }) => wanted.includes(status);
}

/** Ask one after the other, so that no two attacks disturb each other. */
export async function inTurn<Thing>(
  things: readonly Thing[],
  ask: (thing: Thing) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const thing of things) answers.push(await ask(thing));
  return answers;
}

/** Without an OpenAPI document nobody can say which operations there are. */
export function needsDocument(t: Trial): void {
  if (t.surface.document === undefined) t.skip("the server shows no OpenAPI document");
}
