import { setTimeout as sleep } from "node:timers/promises";

import { type Check, type Evidence, Refuted, Skipped, Unprepared } from "./check.js";
import type { Instance } from "./lab.js";
import { type Bench, LIMITED, trialOf } from "./trial.js";
import type { Verdict } from "./verdict.js";

/** How a run is made. */
export interface Run {
  readonly signal: AbortSignal;
  /** The slow ones too. */
  readonly isFull: boolean;
  readonly onStart?: (check: Check) => void;
  readonly onEnd?: (verdict: Verdict) => void;
}

/**
 * Make checks, on each bench one after the other: attacks on one server would spoil each other's findings. What
 * measures times comes last, while nothing else runs. Answers the verdicts in the order of the checks.
 */
export async function runChecks(
  checks: readonly Check[],
  benches: readonly Bench[],
  run: Run,
): Promise<readonly Verdict[]> {
  const verdicts = new Map<string, Verdict>();
  const workThrough = async (queue: Check[], bench: Bench): Promise<void> => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      if (isOver(run)) return;
      run.onStart?.(check);
      const verdict = await runCheck(check, bench, run);
      // What was under way at the end has seen servers die: that says nothing about the project.
      if (verdict === undefined || isOver(run)) return;
      verdicts.set(check.id, verdict);
      run.onEnd?.(verdict);
    }
  };
  const together = checks.filter(({ isAlone = false }) => !isAlone);
  await Promise.all(benches.map((bench) => workThrough(together, bench)));
  const alone = checks.filter(({ isAlone = false }) => isAlone);
  for (const bench of benches.slice(0, 1)) await workThrough(alone, bench);
  return checks.flatMap(({ id }) => verdicts.get(id) ?? []);
}

function isOver({ signal }: Run): boolean {
  return signal.aborted;
}

/** Undefined where the run ended first: then nobody waits for the check. */
async function runCheck(check: Check, bench: Bench, run: Run): Promise<Verdict | undefined> {
  const started = performance.now();
  const evidence: Evidence[] = [];
  const { id } = check;
  const end = (verdict: Pick<Verdict, "outcome" | "why" | "fix">): Verdict => ({
    ...{ id, profile: bench.profile, evidence, ...verdict },
    seconds: Math.round(performance.now() - started) / 1000,
  });
  const skipped = (why: string): Verdict => end({ outcome: "skipped", why, fix: "" });
  const failed = (): Verdict => end({ outcome: "failed", why: "", fix: check.fix });
  const why = reasonToSkip(check, bench, run);
  if (why !== undefined) return skipped(why);
  try {
    const isDone = await unlessOver(check.run(trialOf(bench, run.signal, evidence)), run.signal);
    if (!isDone) return undefined;
  } catch (error) {
    if (error instanceof Skipped) return skipped(error.message);
    const isElsewhere = bench.instance === undefined;
    if (error instanceof Unprepared && isElsewhere) return skipped(whyUnprepared(error));
    if (!(error instanceof Refuted)) evidence.push(unfinished(error));
    // A server that is dying closes its connections one by one: the last may be the one it listens on.
    await sleep(DYING_MILLISECONDS);
    await revive(bench.instance, evidence);
    return failed();
  }
  if (evidence.length === 0) evidence.push(nothingSeen);
  else if (!(await revive(bench.instance, evidence)))
    return end({ outcome: "passed", why: "", fix: "" });
  return failed();
}

/** Wait for work to end, and tell whether it did: at the end of the run nobody waits. */
async function unlessOver(work: Promise<void>, signal: AbortSignal): Promise<boolean> {
  // The loser may still fail, when its servers end: nobody needs to hear of it.
  work.catch(() => undefined);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      resolve(false);
    };
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    const settled = work.then(() => {
      resolve(true);
    }, reject);
    void settled.finally(() => {
      signal.removeEventListener("abort", end);
    });
  });
}

const SHOWN_LOG = 1000;
const DYING_MILLISECONDS = 300;

/** No attack may end the server. Where one did, the next check gets a new one, and the report says so. */
async function revive(instance: Instance | undefined, evidence: Evidence[]): Promise<boolean> {
  if (instance === undefined || (await instance.isRunning())) return false;
  evidence.push({
    claim: "the server outlives the attack",
    request: "",
    expected: "it runs",
    observed: `it has ended: ${instance.log().slice(-SHOWN_LOG)}`,
  });
  await instance.start();
  return true;
}

function reasonToSkip(check: Check, bench: Bench, { isFull }: Run): string | undefined {
  const { profiles, feature, needs, isSlow = false } = check;
  if (profiles !== undefined && !profiles.includes(bench.profile)) {
    return `belongs to the profile ${profiles.join(" and ")}`;
  }
  if (feature !== undefined && !bench.surface.features.has(feature)) {
    return `the project has no ${feature}`;
  }
  if (isSlow && !isFull) return "takes long: run it with --full";
  if (needs === "inspector" && bench.instance === undefined) {
    return "the server was not started here, so only HTTP can see it";
  }
  return undefined;
}

/** On a server with settings of its own, what cannot be prepared says nothing of the claim. */
function whyUnprepared({ evidence: { claim, observed } }: Unprepared): string {
  return observed.startsWith("429 ") ? LIMITED : `it could not be prepared: ${claim}`;
}

const nothingSeen: Evidence = {
  claim: "the check saw something",
  request: "",
  expected: "at least one observation",
  observed: "none: a check that proves nothing does not pass",
};

/** A check that broke off has proven nothing, so it does not pass. */
function unfinished(error: unknown): Evidence {
  if (error instanceof Unprepared) return error.evidence;
  return {
    claim: "the check could be made",
    request: "",
    expected: "an attack that runs to its end",
    observed: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
