import { cancelled, unfinished, UserError } from "../errors.js";
import { CommandFailure } from "../run/failure.js";
import type { Context } from "./context.js";

/** What became of a step. */
export interface StepReport {
  readonly name: string;
  readonly status: "done" | "skipped";
  readonly seconds: number;
}

export interface Step {
  readonly name: string;
  readonly title: string;
  /** Why it is left out, if it is. */
  readonly skip?: string | undefined;
  /** Does it; answers why it was left out after all, if it was. */
  readonly work: (update: (title: string) => void) => Promise<string | undefined>;
  /** What a person would type to do it, once the files are there. */
  readonly shown: readonly string[];
}

/** How a run that did not get to its end is taken up again. */
export type Resume = (pending: readonly string[], done: readonly StepReport[]) => string;

/** The steps one after the other. A failure ends the run and says how to go on from there. */
export async function runSteps(
  steps: readonly Step[],
  context: Context,
  resume: Resume,
): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const [index, step] of steps.entries()) {
    const rest = steps.slice(index).filter(({ skip }) => skip === undefined);
    const pending = rest.flatMap(({ shown }) => shown);
    reports.push(await runStep(step, context, () => resume(pending, reports)));
  }
  return reports;
}

async function runStep(
  step: Step,
  { ui, signal }: Context,
  hint: () => string,
): Promise<StepReport> {
  const { name } = step;
  if (step.skip !== undefined) return { name, status: "skipped", seconds: 0 };
  const started = performance.now();
  const progress = ui.step(step.title);
  try {
    const reason = await step.work(progress.update);
    const seconds = Math.round(performance.now() - started) / 1000;
    if (reason === undefined) progress.done();
    else progress.skip(reason);
    return { name, status: reason === undefined ? "done" : "skipped", seconds };
  } catch (error) {
    progress.fail();
    throw explain(error, { name, signal, hint });
  }
}

function explain(
  error: unknown,
  { name, signal, hint }: { name: string; signal: AbortSignal; hint: () => string },
): unknown {
  if (error instanceof UserError && error.hint !== "") return error;
  if (signal.aborted) return cancelled(hint());
  if (!(error instanceof CommandFailure)) return error;
  const problem = { code: `${name}.failed`, message: error.message, hint: hint() };
  return unfinished(problem, { cause: error });
}
