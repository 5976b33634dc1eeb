import type { Names } from "../answers/names.js";
import { refused, usage } from "../errors.js";
import { canReach } from "../run/network.js";
import { platform } from "../run/platform.js";
import { findTools } from "../run/tools.js";
import { type Answers, stack } from "../stacks/registry.js";
import type { FoundTools } from "../stacks/stack.js";

const DATABASE_SECONDS = 3;

interface Facts {
  readonly answers: Answers;
  readonly names: Names;
}

/** What the later steps need of this machine: looked at before the first byte is written. */
export async function preflight(facts: Facts, signal: AbortSignal): Promise<FoundTools> {
  const { answers } = facts;
  if (answers.start && !(answers.install && answers.migrate)) throw cannotStart;
  if (!answers.install) return {};
  const database = answers.migrate ? refuseSilentDatabase(facts) : undefined;
  const [tools] = await Promise.all([findSuitableTools(answers, signal), database]);
  return tools;
}

async function findSuitableTools(answers: Answers, signal: AbortSignal): Promise<FoundTools> {
  const tools = await findTools(stack.tools, { platform: platform(), signal });
  const problem = stack.problem(answers, tools, platform());
  if (problem !== undefined) throw refused(problem);
  return tools;
}

/** Credentials are not tried here: the migration proves them. */
async function refuseSilentDatabase(facts: Facts): Promise<void> {
  const endpoint = stack.databaseEndpoint(facts);
  if (endpoint === undefined || (await canReach(endpoint, DATABASE_SECONDS))) return;
  throw refused({
    code: "database.unreachable",
    message: `Nothing answers at ${endpoint.host}:${endpoint.port}, where the database should be.`,
    hint: "Start it, say where it is with --database-url, or migrate later with --no-migrate.",
  });
}

const cannotStart = usage({
  code: "options.contradict",
  message: "--start needs a project that is installed and migrated.",
  hint: "Leave out --start, or --no-install and --no-migrate.",
});
