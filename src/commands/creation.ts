import type { Target } from "../disk/target.js";
import type { Plan } from "../plan/plan.js";
import { shellWord } from "../stacks/shell.js";
import type { Answers } from "../stacks/registry.js";
import type { Admin, Project, Site } from "../stacks/stack.js";

/** One project on its way from answers to files. */
export interface Creation {
  readonly project: Project<Answers>;
  readonly target: Target;
  readonly plan: Plan;
  readonly site: Site;
  readonly admin: Admin;
}

/** Where the development server listens when a person starts it. */
export const USUAL_PORT = 8000;

/** Go to the project, spelt as the user spelt it; nothing where the user stands in it. */
export function goThere({ project, site }: Creation): readonly string[] {
  const { directory } = project.answers;
  if (/^\.[/\\]?$/.test(directory)) return [];
  return [`cd ${shellWord(directory, site.platform)}`];
}
