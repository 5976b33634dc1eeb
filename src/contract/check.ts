import type { Answer } from "./answer.js";
import type { Client } from "./client.js";
import type { Forger } from "./forge.js";
import type { Inspector } from "./inspector.js";
import type { Instance, Lab } from "./lab.js";
import type { Mailbox } from "./mailbox.js";
import type { People } from "./people.js";
import type { Surface } from "./surface.js";

/** How the project is run: as its developers do, on one file, or as its users meet it. */
export type Profile = "development" | "production";

/** What a check cannot do without. */
export type Needs = "http" | "inspector";

/** One claim of the contract, and the attack that would show it to be wrong. */
export interface Check {
  /** As in the catalogue, which says the rest: title, sources, severity. */
  readonly id: string;
  /** Where to look when it fails: a sentence for whoever owns the project. */
  readonly fix: string;
  readonly needs: Needs;
  /** Both, unless said. */
  readonly profiles?: readonly Profile[];
  /** Only with --full: it takes more than a few seconds, whatever is done. */
  readonly isSlow?: boolean;
  /** Made while no other check is: it measures times, or changes files that all servers share. */
  readonly isAlone?: boolean;
  /** Skipped where the project was made without it. */
  readonly feature?: string;
  readonly run: (trial: Trial) => Promise<void>;
}

/** What was asked, what had to come, what came. */
export interface Evidence {
  /** A sentence that the observation proves or refutes. */
  readonly claim: string;
  readonly request: string;
  readonly expected: string;
  readonly observed: string;
}

/** An observation of something that is no answer. */
export interface Observation {
  readonly expected: string;
  readonly observed: string;
  readonly request?: string;
}

/** What a check works with. */
export interface Trial {
  readonly profile: Profile;
  readonly signal: AbortSignal;
  /** What the project serves: features, operations. */
  readonly surface: Surface;
  readonly people: People;
  /** Nobody in particular: no token, no cookie kept. */
  readonly http: Client;
  /** Skips the check where there is none. */
  readonly inspector: Inspector;
  /** Skips the check where the server was not started here. */
  readonly lab: Lab;
  /** The server that the check talks to; skips the check where it was not started here. */
  readonly instance: Instance;
  /** Mail that the project sent; skips the check where it sends none, or where we cannot see it. */
  readonly mailbox: Mailbox;
  /** Signs tokens with this server's secret; skips the check where it is not known. */
  readonly forger: () => Promise<Forger>;
  /** A client of another server. */
  readonly clientOf: (instance: Instance) => Client;
  /** People of another server. */
  readonly peopleOf: (instance: Instance) => People;

  /** The answer must have one of these statuses, or the check fails here. */
  readonly status: (answer: Answer, wanted: number | readonly number[], claim: string) => Answer;
  /** This must be so, or the check fails here. */
  readonly holds: (claim: string, isTrue: boolean, observation: Observation) => void;
  /** These must be equal, or the check fails here. */
  readonly equal: (claim: string, found: unknown, wanted: unknown) => void;
  /** This check does not apply. */
  readonly skip: (why: string) => never;
}

/** Thrown where an observation refutes the claim. */
export class Refuted extends Error {
  override readonly name = "Refuted";
  readonly evidence: Evidence;

  constructor(evidence: Evidence) {
    super(evidence.claim);
    this.evidence = evidence;
  }
}

/** Thrown where a check cannot be made here. It is never counted as passed. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

/** Thrown where a check could not prepare its attack: no verdict on the claim, and not a pass. */
export class Unprepared extends Error {
  override readonly name = "Unprepared";
  readonly evidence: Evidence;

  constructor(what: string, answer: Answer) {
    super(`${what}: ${answer.shown}`);
    this.evidence = {
      claim: what,
      request: answer.request,
      expected: "success, so that the attack can be made",
      observed: answer.shown,
    };
  }
}
