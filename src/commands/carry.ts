import { commitEdits } from "../disk/edit.js";
import { inspectEdits } from "../disk/inspect.js";
import { hasFile } from "../disk/project.js";
import { type Problem, refused } from "../errors.js";
import { changesOf, diffOf } from "../plan/edits.js";
import type { ResourcePlan, Wired } from "../plan/resource.js";
import type { Subject } from "../stacks/resource.js";
import { shellWord } from "../stacks/shell.js";
import { resourceStack } from "../stacks/resources.js";
import type { Context } from "./context.js";
import type { WriteModes } from "./modes.js";
import type { OpenProject } from "./project.js";
import { runSteps, type Step, type StepReport } from "./story.js";

/** What `generate` and `destroy` have in common on the command line. */
export interface ResourceModes extends Pick<WriteModes, "dryRun" | "diff"> {
  readonly wiring: boolean;
  readonly migrate: boolean;
}

/** A change of a project on its way to the disk. */
export interface Work {
  readonly project: OpenProject;
  /** The class's name. */
  readonly name: string;
  readonly plan: ResourcePlan;
  readonly modes: ResourceModes;
  /** Whether the database has to follow. */
  readonly hasMigration: boolean;
  /** It was done before: what is left of it is done, and nothing is demanded for that. */
  readonly isRepeated?: boolean;
  /** What is said when it is done, and when there was nothing to do. */
  readonly done: string;
  readonly already: string;
  /** What a person has to look at. */
  readonly notes: readonly string[];
}

/** Refuse, show, or write and migrate. */
export async function carryOut(work: Work, context: Context): Promise<void> {
  const { plan, modes } = work;
  refuseBlocked(plan.wired);
  const isInstalled = await hasFile(resourceStack.current(work.project.site).argv[0]);
  const isDemanded = work.hasMigration && modes.migrate && work.isRepeated !== true;
  if (isDemanded && !isInstalled) throw refused(uninstalled(work.project));
  await inspectEdits(work.project.root, plan.edits);
  if (modes.dryRun || modes.diff) {
    preview(work, context);
    return;
  }
  const steps = await runSteps(stepsOf(work, isInstalled, context), context, resume(work));
  report(work, steps, context);
}

function refuseBlocked(wired: readonly Wired[]): void {
  const blocked = wired.flatMap(({ path, wiring }) =>
    wiring.kind === "blocked" ? [{ path, ...wiring }] : [],
  );
  if (blocked.length === 0) return;
  const message = blocked
    .map(({ path, line, reason }) => `${path}:${line} cannot be completed: ${reason}.`)
    .join("\n");
  const pasted = blocked
    .filter(({ paste }) => paste.length > 0)
    .flatMap(({ path, paste }) => [`In ${path}:`, ...paste.map((line) => `  ${line}`)]);
  const hint = "Nothing was written. Put it right; or use --no-wiring and do that part yourself.";
  throw refused({ code: "wiring.blocked", message, hint: [hint, ...pasted].join("\n") });
}

/** A migration needs the project's own programs. */
function uninstalled({ site }: OpenProject): Problem {
  const lines = resourceStack.install(site).map(({ shown }) => `  ${shown}`);
  return {
    code: "project.not-installed",
    message: `The migration cannot run: "${resourceStack.current(site).argv[0]}" is not there.`,
    hint: ["Nothing was written. Use --no-migrate, or install the project first:", ...lines].join(
      "\n",
    ),
  };
}

function stepsOf(work: Work, isInstalled: boolean, { ui, signal }: Context): readonly Step[] {
  const { project, plan, modes, hasMigration } = work;
  const { root } = project;
  const commands = resourceStack.migrate(project.site);
  const count = changesOf(plan.edits).filter(({ action }) => action !== "keep").length;
  const write = async (): Promise<undefined> => {
    await commitEdits(root, plan.edits, { signal, waste: resourceStack.waste });
    return undefined;
  };
  const migrate = async (): Promise<undefined> => {
    // Imported late: it takes longer than the rest of the command.
    const { runCommands } = await import("../run/steps.js");
    await runCommands(commands, { cwd: root, signal, isVerbose: ui.isVerbose });
    return undefined;
  };
  const missing = isInstalled ? undefined : "not installed";
  const skip = modes.migrate ? missing : "--no-migrate";
  const shown = commands.map((command) => command.shown);
  const migration = { name: "migrate", title: "Run the migration", skip, work: migrate, shown };
  return [
    ...(count === 0
      ? []
      : [{ name: "write", title: `Change ${count} files`, work: write, shown: [] }]),
    ...(hasMigration ? [migration] : []),
  ];
}

function resume({ project }: Work): (pending: readonly string[]) => string {
  const { root, platform } = project.site;
  return (pending) =>
    [
      "The files are written and stay. Go on with:",
      `  cd ${shellWord(root, platform)}`,
      ...pending.map((line) => `  ${line}`),
    ].join("\n");
}

function summary({ project, name, plan }: Work): object {
  const wiring = plan.wired.map(({ path, wiring: { kind } }) => ({ path, status: kind }));
  const changes = changesOf(plan.edits);
  return { ok: true, directory: project.root, resource: name, changes, wiring };
}

/** Say what would be changed, and change nothing. */
function preview(work: Work, { ui }: Context): void {
  ui.json({ ...summary(work), steps: [], next: [] });
  if (work.plan.edits.length === 0) {
    ui.result(work.already);
    return;
  }
  ui.result(work.modes.diff ? diffOf(work.plan.edits).trimEnd() : listing(work));
  if (!work.modes.diff) ui.result("\nNothing was written.");
}

function listing({ plan }: Work): string {
  return changesOf(plan.edits)
    .map(({ path, action }) => `  ${action}  ${path}`)
    .join("\n");
}

/** Say what was changed, and what is left to do. */
function report(work: Work, steps: readonly StepReport[], { ui }: Context): void {
  const next = nextSteps(work, steps);
  ui.json({ ...summary(work), steps, next });
  const { bold, green } = ui.palette;
  const rest = next.length === 0 ? [] : ["", "Next:", ...next.map((line) => `  ${line}`)];
  const done = [green(bold(work.done)), listing(work)];
  ui.result([...(work.plan.edits.length === 0 ? [work.already] : done), ...rest].join("\n"));
}

function nextSteps(work: Work, steps: readonly StepReport[]): readonly string[] {
  const isSkipped = steps.some(({ name, status }) => name === "migrate" && status === "skipped");
  const pending = isSkipped ? resourceStack.migrate(work.project.site) : [];
  return [...work.notes, ...pending.map(({ shown }) => shown)];
}

/** What a person does to the registries where they were left alone. */
export function unwired(verb: "Add to" | "Take out of", subject: Subject): readonly string[] {
  return resourceStack.registries.flatMap((registry) => [
    `${verb} ${registry.path}:`,
    ...registry.lines(subject).map((line) => `  ${line}`),
  ]);
}
