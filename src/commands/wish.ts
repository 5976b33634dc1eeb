import { spellField } from "../answers/fields.js";
import { type Resource, type ResourceFlags, spellResource } from "../answers/resource.js";
import { oneProblem, type Problem, refused, usage } from "../errors.js";
import {
  describeResource,
  recordedResource,
  recordOf,
  type Surroundings,
} from "../plan/describe.js";
import type { ResourceRecord } from "../plan/record.js";
import { findResource, type Wish } from "../plan/wishes.js";
import { resourceStack } from "../stacks/resources.js";
import type { Context } from "./context.js";
import type { OpenProject } from "./project.js";

const COMMAND = "create-secure-api generate resource";

/** What was typed of a resource. */
export interface Typed {
  readonly name: string | undefined;
  readonly fields: readonly string[];
  readonly plural: string | undefined;
  readonly flags: ResourceFlags;
  /** Ask nothing. */
  readonly yes: boolean;
}

/** The resource that somebody asks for, from the command line or from their answers. */
export async function describe(
  typed: Typed,
  project: OpenProject,
  context: Context,
): Promise<Resource> {
  const wish = await wishFrom(typed, project, context);
  const described = describeResource(wish, surroundings(project));
  if (described.kind === "refused") throw usage(oneProblem(described.problems, COMMAND));
  return described.resource;
}

function surroundings({ record }: OpenProject): Surroundings {
  return { words: resourceStack, record };
}

async function wishFrom(typed: Typed, project: OpenProject, context: Context): Promise<Wish> {
  const { name, fields, plural, flags } = typed;
  if (name !== undefined && fields.length > 0) return { name, plural, fields, flags };
  // For one that is there already nobody need be asked.
  const known = name === undefined ? undefined : findResource(project.record, name);
  if (known !== undefined) throw refused(isThere(known));
  const isFree = (one: string): readonly Problem[] =>
    nameProblems({ name: one, plural, fields, flags }, project);
  const wrong = name === undefined ? [noName] : isFree(name);
  if (!context.isInteractive || typed.yes) {
    throw usage(oneProblem(name === undefined ? wrong : [...wrong, noFields], COMMAND));
  }
  if (name !== undefined && wrong.length > 0) throw usage(oneProblem(wrong, COMMAND));
  const { askForResource } = await import("../answers/fieldprompts.js");
  const { input, output } = { input: process.stdin, output: process.stderr };
  const asked = await askForResource(typed, {
    terminal: { input, output, signal: context.signal },
    models: project.record.resources.map((one) => one.name),
    nameProblems: isFree,
    problems: (one) => problemsOf({ ...one, plural, flags }, project),
  });
  return { ...asked, plural, flags };
}

/** What is wrong with a name by itself: that it is there already, or cannot be. */
function nameProblems(wish: Wish, project: OpenProject): readonly Problem[] {
  const known = findResource(project.record, wish.name);
  if (known !== undefined) return [isThere(known)];
  return problemsOf({ ...wish, fields: [], flags: { ...wish.flags, children: false } }, project);
}

function problemsOf(wish: Wish, project: OpenProject): readonly Problem[] {
  const described = describeResource(wish, surroundings(project));
  return described.kind === "refused" ? described.problems : [];
}

const EXAMPLE =
  "create-secure-api generate resource Invoice 'number:string(20):unique' 'total:decimal(10,2)'";

const noName = {
  code: "resource.missing",
  message: "The resource's name is missing.",
  hint: `Give it, and its fields: ${EXAMPLE}`,
};
const noFields = {
  code: "fields.missing",
  message: "The fields are missing, and there is nobody to ask.",
  hint: `Give them after the name: ${EXAMPLE}`,
};

/** The same resource, if the project has it; another of its name is a refusal. */
export function knownAs(resource: Resource, { record }: OpenProject): ResourceRecord | undefined {
  const known = findResource(record, resource.names.singular.snake);
  if (known === undefined) return undefined;
  // Read back and written again, so that a record of an older form compares as well.
  const asRecorded = JSON.stringify(recordOf(recordedResource(known), known));
  if (JSON.stringify(recordOf(resource, known)) === asRecorded) return known;
  throw refused(isThere(known));
}

function isThere(known: ResourceRecord): Problem {
  const { fields, flags } = recordedResource(known);
  const on = Object.entries(flags).flatMap(([flag, isOn]) => (isOn === true ? [flag] : []));
  const usual = spellResource(known.name).plural.kebab;
  const words = [
    ...fields.map(spellField),
    ...(known.plural === usual ? [] : [`--plural ${known.plural}`]),
    ...on.map((flag) => `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
  ];
  return {
    code: "resource.exists",
    message: `"${known.name}" is there already, as ${words.join(" ")}`,
    hint: [
      "Change its files and write a migration for it; or take it out first:",
      `  create-secure-api destroy resource ${known.name}`,
    ].join("\n"),
  };
}
