import type { Resource } from "../answers/resource.js";
import { readTexts } from "../disk/project.js";
import { refused } from "../errors.js";
import type { Edit } from "../plan/edits.js";
import type { ResourceRecord } from "../plan/record.js";
import {
  planResource,
  renderFiles,
  requestFor,
  type Rendering,
  type Texts,
} from "../plan/resource.js";
import type { ResourceRequest } from "../stacks/resource.js";
import { resourceStack } from "../stacks/resources.js";
import { carryOut, type ResourceModes, unwired } from "./carry.js";
import type { Context } from "./context.js";
import { findPlace, freeMinute, loadRendering, openProject, type OpenProject } from "./project.js";
import { makeRevision, sha256 } from "./secrets.js";
import { describe, knownAs, type Typed } from "./wish.js";

/** The command line of `generate resource`, understood. */
export interface GenerateRequest extends ResourceModes, Typed {}

/** Add a resource to the project: ask, look, plan, write, migrate, tell. */
export async function generateResource(request: GenerateRequest, context: Context): Promise<void> {
  const project = await openProject(context);
  const resource = await describe(request, project, context);
  const rendering = await loadRendering(context);
  const known = knownAs(resource, project);
  const rendered = await render({ resource, project, rendering, ...(known && { known }) });
  const existing = await readTexts(project.root, [...rendered.files.keys()]);
  if (known === undefined) refuseExisting(existing);
  const plan = planResource({
    stack: resourceStack,
    state: project,
    subject: rendered.request,
    files: rendered.files,
    existing,
    migration: rendered.migration,
    hasWiring: request.wiring,
    sha256,
  });
  const { pascal } = resource.names.singular;
  const isMigration = ({ path }: Edit): boolean => path === rendered.migration.path;
  await carryOut(
    {
      project,
      name: pascal,
      plan,
      modes: request,
      // An earlier run may have ended before its migration did.
      hasMigration: known !== undefined || plan.edits.some(isMigration),
      isRepeated: known !== undefined,
      done: `${pascal} is added: /api/v1/${resource.names.plural.kebab}`,
      already: `${pascal} is there already, as you describe it. No file was changed.`,
      notes: request.wiring ? [] : unwired("Add to", rendered.request),
    },
    context,
  );
}

interface Rendered {
  readonly request: ResourceRequest;
  readonly files: Texts;
  readonly migration: ResourceRecord["migration"];
}

interface Drawing {
  readonly resource: Resource;
  readonly project: OpenProject;
  readonly rendering: Rendering;
}

async function render({ known, ...from }: Drawing & { known?: ResourceRecord }): Promise<Rendered> {
  if (known !== undefined) return renderAgain(from, known);
  const { parent, paths } = await findPlace(from.project);
  const { resource, project, rendering } = from;
  const revision = makeRevision();
  const at = (writtenAt: string): ResourceRequest =>
    requestFor(resource, project.record, { revision, parent, writtenAt });
  const isTaken = (writtenAt: string): boolean =>
    paths.has(resourceStack.migrationPath(at(writtenAt)));
  const request = at(freeMinute(isTaken));
  const files = renderFiles(resourceStack.files(request), rendering);
  return { request, files, migration: { path: resourceStack.migrationPath(request), revision } };
}

/** Its migration was written in another minute, on another head, and is not written again. */
function renderAgain({ resource, project, rendering }: Drawing, known: ResourceRecord): Rendered {
  const { migration } = known;
  const facts = { revision: migration.revision, parent: "", writtenAt: new Date().toISOString() };
  const request = requestFor(resource, project.record, facts);
  const path = resourceStack.migrationPath(request);
  const rows = resourceStack.files(request).filter(({ to }) => to !== path);
  return { request, files: renderFiles(rows, rendering), migration };
}

function refuseExisting(existing: Texts): void {
  if (existing.size === 0) return;
  const paths = [...existing.keys()];
  throw refused({
    code: "file.exists",
    message: `${paths.join(", ")} ${paths.length === 1 ? "is" : "are"} there already.`,
    hint: "Rename what is there, or give the resource another name. Nothing was written.",
  });
}
