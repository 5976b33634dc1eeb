import { isDeepStrictEqual } from "node:util";

import type { Answer } from "./answer.js";
import { type Evidence, type Profile, Refuted, Skipped, type Trial } from "./check.js";
import type { Client } from "./client.js";
import { Forger, readToken } from "./forge.js";
import type { Inspector } from "./inspector.js";
import { member } from "./json.js";
import type { Instance, Lab } from "./lab.js";
import type { Mailbox } from "./mailbox.js";
import { People } from "./people.js";
import type { Surface } from "./surface.js";

/** What is under test, under one profile. */
export interface Bench {
  readonly profile: Profile;
  readonly surface: Surface;
  /** A client of the server under test. */
  readonly http: Client;
  /** A client of another server, with the profile's manner. */
  readonly clientOf: (instance: Instance) => Client;
  /** Absent for a server that was not started here. */
  readonly instance?: Instance | undefined;
  readonly lab?: Lab | undefined;
  readonly mailbox?: Mailbox | undefined;
}

/** Said where a server that was not started here turns the attack away before it is one. */
export const LIMITED = "the server's own limits turned it away (429)";
const NOT_OURS = "the server was not started here, so only HTTP can see it";

/** One check's view of the bench; what it proves is noted in `evidence`. */
export function trialOf(bench: Bench, signal: AbortSignal, evidence: Evidence[]): Trial {
  const { profile, surface, http, clientOf, instance, lab } = bench;
  const people = new People(http, surface, instance?.inspector);
  const observe = (seen: Evidence, isTrue: boolean): void => {
    evidence.push(seen);
    if (isTrue) return;
    // A server that runs elsewhere has its own limits, and an attack that they turn away was not made.
    if (instance === undefined && seen.observed.startsWith("429 ")) throw new Skipped(LIMITED);
    throw new Refuted(seen);
  };
  return {
    ...{ profile, signal, surface, http, people, clientOf },
    peopleOf: (other) => new People(clientOf(other), surface, other.inspector),
    get inspector(): Inspector {
      return required(instance).inspector;
    },
    get lab(): Lab {
      return required(lab);
    },
    get instance(): Instance {
      return required(instance);
    },
    get mailbox(): Mailbox {
      return required(bench.mailbox, "the project sends no mail that can be seen here");
    },
    forger: () => forgerOf(people, required(instance)),
    status: (answer, wanted, claim) => {
      const statuses = [wanted].flat();
      const expected = statuses.map(shownStatus).join(" or ");
      const { request, shown: observed } = answer;
      observe({ claim, request, expected, observed }, statuses.includes(answer.status));
      return answer;
    },
    holds: (claim, isTrue, { expected, observed, request = "" }) => {
      observe({ claim, request, expected, observed }, isTrue);
    },
    equal: (claim, found, wanted) => {
      const seen = { claim, request: "", expected: shown(wanted), observed: shown(found) };
      observe(seen, isDeepStrictEqual(found, wanted));
    },
    skip: (why) => {
      throw new Skipped(why);
    },
  };
}

function required<Thing>(thing: Thing | undefined, why = NOT_OURS): Thing {
  if (thing === undefined) throw new Skipped(why);
  return thing;
}

/** Who knows the secret, and has seen one right token, can sign every other. */
async function forgerOf(people: People, { settings }: Instance): Promise<Forger> {
  const { accessToken } = await people.signUp();
  const { claims } = readToken(accessToken);
  const common = { iss: member(claims, "iss"), aud: member(claims, "aud") };
  return new Forger(settings.SECRET_KEY ?? "", common);
}

function shownStatus(status: number): string {
  return status === 0 ? "the connection closed" : String(status);
}

const SHOWN_LENGTH = 1000;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.slice(0, SHOWN_LENGTH);
}

/** Said of an answer in more than its status: its bytes without what differs every time. */
export function comparable(answer: Answer): string {
  const id = answer.field("request_id");
  const text = id === "" ? answer.text : answer.text.replaceAll(id, "<request id>");
  const names = answer.headers.map(([name]) => name.toLowerCase()).toSorted();
  return `${answer.status} [${names.join(" ")}] ${text}`;
}
