import { join, resolve } from "node:path";

import type { AnswerRecord } from "../answers/options.js";
import { parseConfig } from "../answers/parse.js";
import { type Ask, resolveAnswers, type Resolved } from "../answers/resolve.js";
import { readJson } from "../disk/config.js";
import { inspectTarget } from "../disk/target.js";
import { loadTemplates, templatesFolder } from "../disk/templates.js";
import { type Problem, UserError } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import { planProject } from "../plan/project.js";
import { portNear } from "../run/network.js";
import { platform } from "../run/platform.js";
import { serve } from "../run/server.js";
import { type Answers, options, stack } from "../stacks/registry.js";
import type { Project } from "../stacks/stack.js";
import { build, serverOf } from "./build.js";
import type { Context } from "./context.js";
import { type Creation, USUAL_PORT } from "./creation.js";
import { preflight } from "./preflight.js";
import { preview, report } from "./report.js";
import { makePassword, makeSecrets, sha256 } from "./secrets.js";

/** The command line of `create`, understood. */
export interface CreateRequest {
  readonly flags: AnswerRecord;
  readonly config: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly diff: boolean;
}

/** Create a project: ask, look, plan, write, install, prove, tell. */
export async function create(request: CreateRequest, context: Context): Promise<void> {
  const { answers, names } = await answer(request, context);
  const target = await inspectTarget(resolve(context.cwd, answers.directory));
  const tools = await preflight({ answers, names }, context.signal);
  const project = { answers, names, secrets: makeSecrets(), generator: context.generator };
  const creation: Creation = {
    project,
    target,
    plan: await planFrom(project, context),
    site: { root: target.root, platform: platform(), tools },
    admin: { email: answers.adminEmail, password: makePassword() },
  };
  if (request.dryRun || request.diff) {
    preview(creation, request.diff, context.ui);
    return;
  }
  const built = await build(creation, context);
  report(creation, built, context.ui);
  if (answers.start) await keepServing(creation, context);
}

async function answer(request: CreateRequest, context: Context): Promise<Resolved<Answers>> {
  const { flags, config: file } = request;
  const config =
    file === undefined
      ? {}
      : parseConfig(options, await readJson(resolve(context.cwd, file)), file);
  const ask = context.isInteractive && !request.yes ? await terminal(context.signal) : undefined;
  return resolveAnswers({
    table: options,
    flags,
    config,
    ask,
    reserved: stack.reserved,
    cwd: context.cwd,
    inspect: (directory) => problemWith(resolve(context.cwd, directory)),
  });
}

/** Why a project cannot go to a folder, as a person is told who may still give another. */
async function problemWith(root: string): Promise<Problem | undefined> {
  try {
    await inspectTarget(root);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Loading the prompts costs more than everything else: only who is asked pays. */
async function terminal(signal: AbortSignal): Promise<Ask> {
  const { promptOn } = await import("../answers/prompts.js");
  return promptOn({ input: process.stdin, output: process.stderr, signal });
}

async function planFrom(project: Project<Answers>, context: Context): Promise<Plan> {
  const root = context.templates ?? templatesFolder;
  const templates = await loadTemplates(join(root, stack.folder));
  return planProject({ stack, table: options, project, templates, sha256 });
}

/** The development server, in the foreground until it ends or is interrupted. */
async function keepServing(creation: Creation, { ui, signal }: Context): Promise<void> {
  const server = serverOf(creation, { port: await portNear(USUAL_PORT) });
  const onReady = (): void => {
    ui.note(`Serving at ${server.url} (docs: ${server.url}${server.docsPath}). Ctrl-C ends it.`);
  };
  await serve(server, { cwd: creation.site.root, signal, onReady });
}
