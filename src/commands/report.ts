import { equivalentCommand } from "../plan/command.js";
import { diffOfNew } from "../plan/diff.js";
import { shellLine } from "../stacks/shell.js";
import { options, stack } from "../stacks/registry.js";
import type { Ui } from "../ui.js";
import { type Built, serverOf } from "./build.js";
import { type Creation, goThere } from "./creation.js";

/** The command that gives the same answers again. */
function command({ project, site }: Creation): string {
  return shellLine(equivalentCommand(options, project.answers), site.platform);
}

function summary({ project, plan, target }: Creation): object {
  return {
    ok: true,
    directory: target.root,
    name: project.names.slug,
    features: project.answers.features,
    files: plan.tree.size,
  };
}

/** Say what would be written, and write nothing. */
export function preview(creation: Creation, withText: boolean, ui: Ui): void {
  const { plan, target } = creation;
  const { changes } = plan;
  const again = { admin: null, command: command(creation), next: [] };
  ui.json({ ...summary(creation), changes, steps: [], ...again });
  if (withText) {
    ui.result(diffOfNew(plan).trimEnd());
    return;
  }
  const lines = changes.map(({ path, action }) => `  ${action}  ${path}`);
  const end = `${changes.length} files would be written to ${target.root}. Nothing was written.`;
  ui.result(
    [...lines, "", end, "", "The command without a question:", `  ${again.command}`].join("\n"),
  );
}

/** Say what was made, how to get it again and what to do next. */
export function report(creation: Creation, built: Built, ui: Ui): void {
  const { admin } = creation;
  const next = nextSteps(creation, built);
  ui.json({
    ...summary(creation),
    steps: built.steps,
    admin: built.hasAdmin ? { email: admin.email, password: admin.password } : null,
    command: command(creation),
    next,
  });
  const { bold, dim, green } = ui.palette;
  const credentials = [
    `  Administrator  ${admin.email}`,
    `  Password       ${bold(admin.password)}  ${dim("(shown once; only its hash is stored)")}`,
    "",
  ];
  const sections = [
    built.isProven ? green(bold(headline(creation, built))) : bold(headline(creation, built)),
    `  ${dim(times(built))}`,
    "",
    ...(built.hasAdmin ? credentials : []),
    "Next:",
    ...next.map((line, index) => `  ${index + 1}. ${line}`),
    "",
    "The same answers again:",
    `  ${command(creation)}`,
  ];
  ui.result(sections.join("\n"));
}

/** "Ready" is said of a project that has answered, and of no other. */
function headline({ project, plan, target }: Creation, { isProven }: Built): string {
  const { title } = project.names;
  return isProven
    ? `${title} is ready: it answered, and let its administrator in.`
    : `${title}: ${plan.tree.size} files are written to ${target.root}.`;
}

function times({ steps }: Built): string {
  return steps
    .map(({ name, status, seconds }) =>
      status === "done" ? `${name} ${seconds.toFixed(1)} s` : `${name} skipped`,
    )
    .join(", ");
}

function nextSteps(creation: Creation, { left }: Built): readonly string[] {
  const server = serverOf(creation);
  return [
    ...goThere(creation),
    ...left,
    server.shown,
    `Open ${server.url}${server.docsPath}`,
    ...stack.nextSteps(creation.site),
  ];
}
