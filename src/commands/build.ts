import { writeProject } from "../disk/write.js";
import { initRepository } from "../run/git.js";
import { prove } from "../run/proof.js";
import { runCommands } from "../run/steps.js";
import { stack } from "../stacks/registry.js";
import type { Command, Listen, Server } from "../stacks/stack.js";
import type { Context } from "./context.js";
import { type Creation, goThere, USUAL_PORT } from "./creation.js";
import { runSteps, type Step, type StepReport } from "./story.js";

type Work = Step["work"];

/** What was done, and what is left to a person. */
export interface Built {
  readonly steps: readonly StepReport[];
  /** Commands of the steps that were left out on request. */
  readonly left: readonly string[];
  readonly hasAdmin: boolean;
  readonly isProven: boolean;
}

/** Write the project, then make it run and see that it does. */
export async function build(creation: Creation, context: Context): Promise<Built> {
  const steps = plannedSteps(creation, context);
  const done = await runSteps(steps, context, (pending, reports) =>
    resumeHint(creation, pending, isDone(reports, "admin")),
  );
  const skipped = steps.filter(({ skip }) => skip !== undefined);
  return {
    steps: done,
    left: skipped.flatMap(({ shown }) => shown),
    hasAdmin: isDone(done, "admin"),
    isProven: isDone(done, "prove"),
  };
}

function isDone(reports: readonly StepReport[], name: string): boolean {
  return reports.some((report) => report.name === name && report.status === "done");
}

/** The development server of a project. */
export function serverOf({ site }: Creation, listen: Partial<Listen> = {}): Server {
  return stack.server(site, { port: USUAL_PORT, reload: true, ...listen });
}

function plannedSteps(creation: Creation, context: Context): readonly Step[] {
  const { site, admin, plan, target } = creation;
  const { answers } = creation.project;
  const { signal } = context;
  const noGit = answers.git ? undefined : "--no-git";
  const noInstall = answers.install ? undefined : "--no-install";
  const noDatabase = noInstall ?? (answers.migrate ? undefined : "--no-migrate");
  const run = (commands: readonly Command[]): Pick<Step, "work" | "shown"> => ({
    work: commandWork(commands, site.root, context),
    shown: commands.map(({ shown }) => shown),
  });
  const write = nothingToSay(() => writeProject(target, plan.tree, { signal }));
  const git = gitWork(site.root, signal);
  const proof = nothingToSay(() => proveCreation(creation, signal));
  return [
    { name: "write", title: `Write ${plan.tree.size} files`, work: write, shown: [] },
    { name: "git", title: "Make a git repository", skip: noGit, work: git, shown: [] },
    { ...about("install", noInstall), ...run(stack.install(answers, site)) },
    { ...about("migrate", noDatabase), ...run(stack.migrate(site)) },
    { ...about("admin", noDatabase), ...run(stack.createAdmin(admin, site)) },
    { ...about("prove", noDatabase), work: proof, shown: [] },
  ];
}

const TITLES = {
  install: "Install the dependencies",
  migrate: "Run the first migration",
  admin: "Create the administrator",
  prove: "Prove that it answers and lets the administrator in",
} as const;

function about(
  name: keyof typeof TITLES,
  skip: string | undefined,
): Pick<Step, "name" | "title" | "skip"> {
  return { name, title: TITLES[name], skip };
}

/** Work that is done when it ends. */
function nothingToSay(work: () => Promise<void>): Work {
  return async () => {
    await work();
    return undefined;
  };
}

function commandWork(commands: readonly Command[], cwd: string, { signal, ui }: Context): Work {
  return async (update) => {
    const onStart = ({ title }: Command): void => {
      update(title);
    };
    await runCommands(commands, { cwd, signal, onStart, isVerbose: ui.isVerbose });
    return undefined;
  };
}

function gitWork(root: string, signal: AbortSignal): Work {
  return async () => {
    const repository = await initRepository(root, signal);
    return repository.kind === "skipped" ? repository.reason : undefined;
  };
}

function proveCreation(creation: Creation, signal: AbortSignal): Promise<void> {
  const server = (port: number): Server => serverOf(creation, { port, reload: false });
  const { site, admin } = creation;
  return prove({ server, cwd: site.root, signal, admin });
}

/** How to go on with a project whose files are there. */
function resumeHint(creation: Creation, pending: readonly string[], hasAdmin: boolean): string {
  const lines = [...goThere(creation), ...pending, serverOf(creation).shown];
  const { email, password } = creation.admin;
  return [
    "The files are written and stay. Go on with:",
    ...lines.map((line) => `  ${line}`),
    ...(hasAdmin ? [`The administrator is ${email}, the password ${password} (shown once).`] : []),
  ].join("\n");
}
