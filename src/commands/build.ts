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
  const noInstall = answers.install ? undefined : "--no-install";
  const noDatabase = noInstall ?? (answers.migrate ? undefined : "--no-migrate");
  const install = stack.install(answers, site);
  const migrate = stack.migrate(site);
  const createAdmin = stack.createAdmin(admin, site);
  const write: Work = async () => {
    await writeProject(target, plan.tree, { signal: context.signal });
    return undefined;
  };
  return [
    { name: "write", title: `Write ${plan.tree.size} files`, work: write, shown: [] },
    {
      name: "git",
      title: "Make a git repository",
      skip: answers.git ? undefined : "--no-git",
      work: gitWork(site.root, context.signal),
      shown: [],
    },
    commandStep("install", { title: "Install the dependencies", skip: noInstall }, install),
    commandStep("migrate", { title: "Run the first migration", skip: noDatabase }, migrate),
    commandStep("admin", { title: "Create the administrator", skip: noDatabase }, createAdmin),
    {
      name: "prove",
      title: "Prove that it answers and lets the administrator in",
      skip: noDatabase,
      work: proofWork(creation, context.signal),
      shown: [],
    },
  ];

  function commandStep(
    name: string,
    about: Pick<Step, "title" | "skip">,
    commands: readonly Command[],
  ): Step {
    const work: Work = async (update) => {
      const onStart = ({ title }: Command): void => {
        update(title);
      };
      const { signal, ui } = context;
      await runCommands(commands, { cwd: site.root, signal, onStart, isVerbose: ui.isVerbose });
      return undefined;
    };
    return { name, ...about, work, shown: commands.map(({ shown }) => shown) };
  }
}

function gitWork(root: string, signal: AbortSignal): Work {
  return async () => {
    const repository = await initRepository(root, signal);
    return repository.kind === "skipped" ? repository.reason : undefined;
  };
}

function proofWork(creation: Creation, signal: AbortSignal): Work {
  const server = (port: number): Server => serverOf(creation, { port, reload: false });
  const { site, admin } = creation;
  return async () => {
    await prove({ server, cwd: site.root, signal, admin });
    return undefined;
  };
}

/** How to go on with a project whose files are there. */
function resumeHint(creation: Creation, pending: readonly string[], hasAdmin: boolean): string {
  const lines = [goThere(creation), ...pending, serverOf(creation).shown];
  const { email, password } = creation.admin;
  return [
    "The files are written and stay. Go on with:",
    ...lines.map((line) => `  ${line}`),
    ...(hasAdmin ? [`The administrator is ${email}, the password ${password} (shown once).`] : []),
  ].join("\n");
}
