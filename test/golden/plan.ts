import { join } from "node:path";
import type { AnswerRecord } from "../../src/answers/options.js";
import { sha256 } from "../../src/commands/secrets.js";
import { readPackage } from "../../src/disk/package.js";
import { loadTemplates, templatesFolder } from "../../src/disk/templates.js";
import type { Tree } from "../../src/plan/plan.js";
import { planProject } from "../../src/plan/project.js";
import { options, stack } from "../../src/stacks/registry.js";
import { projectOf } from "../unit/support.js";

const templates = await loadTemplates(join(templatesFolder, stack.folder));

/** The project that these answers make from the real templates, in memory. */
export async function treeOf(answers: AnswerRecord): Promise<Tree> {
  const project = { ...(await projectOf(answers)), generator: readPackage() };
  return planProject({ stack, table: options, project, templates, sha256 }).tree;
}
