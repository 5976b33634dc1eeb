import { printable } from "../answers/names.js";
import { spellResource } from "../answers/resource.js";
import { readTexts } from "../disk/project.js";
import { type Problem, refused } from "../errors.js";
import { recordedResource } from "../plan/describe.js";
import { canTakeBack, planDestroy, stillReferred } from "../plan/destroy.js";
import type { ProjectRecord, ResourceRecord } from "../plan/record.js";
import { renderFiles, requestFor, type Texts } from "../plan/resource.js";
import { findResource } from "../plan/wishes.js";
import type { ResourceRequest } from "../stacks/resource.js";
import { resourceStack } from "../stacks/resources.js";
import { carryOut, type ResourceModes, unwired } from "./carry.js";
import type { Context } from "./context.js";
import { findPlace, freeMinute, loadRendering, openProject, type OpenProject } from "./project.js";
import { makeRevision, sha256 } from "./secrets.js";

/** The command line of `destroy resource`, understood. */
export interface DestroyRequest extends ResourceModes {
  readonly name: string;
}

/** Take a resource out of the project: what the user has not edited, its wiring and its table. */
export async function destroyResource(request: DestroyRequest, context: Context): Promise<void> {
  const project = await openProject(context);
  const known = find(request.name, project);
  const { parent, paths } = await findPlace(project);
  const revision = makeRevision();
  const at = (writtenAt: string): ResourceRequest =>
    requestFor(recordedResource(known), project.record, { revision, parent, writtenAt });
  const isTaken = (writtenAt: string): boolean =>
    paths.has(resourceStack.dropMigration(at(writtenAt)).to);
  const subject = at(freeMinute(isTaken));
  const existing = await readTexts(project.root, known.files);
  const knows = { known, existing, state: project, sha256 };
  const isUnused =
    canTakeBack(knows, parent) && (await isUnapplied(known, project, context.signal));
  const drop = isUnused ? undefined : await dropOf(subject, context);
  const plan = planDestroy({
    ...knows,
    stack: resourceStack,
    subject,
    drop,
    hasWiring: request.wiring,
  });
  const kept = plan.edits.filter(({ before, after }) => before === after);
  await carryOut(
    {
      project,
      name: known.name,
      plan,
      modes: request,
      hasMigration: drop !== undefined,
      done: `${known.name} is taken out.`,
      already: `${known.name} is not there. Nothing was changed.`,
      notes: [
        ...kept.map(
          ({ path }) =>
            `${path} holds your changes and stays, without what it imports: delete it, or take from it what you need.`,
        ),
        ...(request.wiring ? [] : unwired("Take out of", subject)),
      ],
    },
    context,
  );
}

function find(name: string, { record }: OpenProject): ResourceRecord {
  const known = findResource(record, name);
  if (known === undefined) throw refused(unknown(name, record));
  const referred = stillReferred(known, record);
  if (referred !== undefined) throw refused(referred);
  return known;
}

function unknown(name: string, { resources }: ProjectRecord): Problem {
  const names = resources.map((one) => one.name);
  const given = spellResource(name).singular.snake;
  const meant = resources.find((one) => spellResource(one.name, one.plural).plural.snake === given);
  const known =
    names.length === 0
      ? "It has none at all; generate one: create-secure-api generate resource --help"
      : `It has ${names.join(", ")}.`;
  return {
    code: "resource.unknown",
    message: `This project has no resource "${printable(name)}" that was generated.`,
    hint:
      meant === undefined
        ? known
        : `Did you mean ${meant.name}? create-secure-api destroy resource ${meant.name}`,
  };
}

/** Only what the database of development says counts; where it says nothing, the table may be there. */
async function isUnapplied(
  { migration }: ResourceRecord,
  { root, site }: OpenProject,
  signal: AbortSignal,
): Promise<boolean> {
  const { outputOf } = await import("../run/query.js");
  const said = await outputOf(resourceStack.current(site), { cwd: root, signal });
  return said !== undefined && !resourceStack.isCurrent(said, migration.revision);
}

async function dropOf(
  subject: ResourceRequest,
  context: Context,
): Promise<readonly [string, string]> {
  const texts: Texts = renderFiles(
    [resourceStack.dropMigration(subject)],
    await loadRendering(context),
  );
  const [[path, text] = ["", ""]] = [...texts];
  return [path, text];
}
