import { catalogue } from "../../contract/catalogue/index.js";
import type { Check } from "../../contract/check.js";
import type { Result } from "../../contract/report/facts.js";
import { runChecks } from "../../contract/runner.js";
import type { Entry } from "../../contract/selection.js";
import type { Bench } from "../../contract/trial.js";
import { count, type Verdict } from "../../contract/verdict.js";
import type { Context } from "../context.js";

/** What is asked of a run, whatever it runs against. */
export interface Wanted {
  readonly entries: readonly Entry[];
  readonly full: boolean;
}

/** Make all wanted checks on benches of one profile, and say how it goes. */
export async function attack(
  benches: readonly [Bench, ...Bench[]],
  wanted: Wanted,
  { ui, signal }: Context,
): Promise<readonly Verdict[]> {
  const title = `Attack it (${benches[0].profile})`;
  const progress = ui.step(title);
  const order = new Map(
    wanted.entries.map(({ check, section }) => [check, catalogue.indexOf(section)]),
  );
  let [furthest, ended] = [-1, 0];
  const onStart = (check: Check): void => {
    const at = order.get(check) ?? 0;
    // Where progress is lines, each is worth one.
    if (at <= furthest) return;
    furthest = at;
    progress.update(
      `${title}: ${catalogue[at]?.title ?? ""}, ${ended} of ${wanted.entries.length} done`,
    );
  };
  const onEnd = (): void => void (ended += 1);
  const toRun = wanted.entries.map(({ check }) => check);
  const verdicts = await runChecks(toRun, benches, {
    ...{ signal, isFull: wanted.full, onStart, onEnd },
  });
  const { passed, failed, skipped } = count(verdicts);
  if (signal.aborted) progress.fail();
  else progress.done(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return verdicts;
}

/** Time a run from here. */
export function stopwatch(): () => Pick<Result, "seconds" | "startedAt"> {
  const started = performance.now();
  const startedAt = new Date().toISOString();
  return () => ({ startedAt, seconds: Math.round(performance.now() - started) / 1000 });
}
