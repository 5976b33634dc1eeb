import type { AnswerRecord, CoreAnswers, OptionTable } from "../answers/options.js";
import { catalogue } from "../contract/catalogue/index.js";
import type { ManifestRow, Project, Stack, View } from "../stacks/stack.js";
import { claimsTables } from "./claims.js";
import type { Plan, PlannedFile } from "./plan.js";
import { hashes, RECORD_PATH, recordedAnswers, recordText } from "./record.js";
import { renderer } from "./render.js";

export interface ProjectPlan<Answers extends CoreAnswers> {
  readonly stack: Stack<Answers>;
  readonly table: OptionTable;
  readonly project: Project<Answers & AnswerRecord>;
  /** Path below the stack's folder -> text. */
  readonly templates: ReadonlyMap<string, string>;
  readonly sha256: (text: string) => string;
}

/** Everything that a new project holds, in memory. */
export function planProject<Answers extends CoreAnswers>(request: ProjectPlan<Answers>): Plan {
  const { stack, table, project, templates, sha256 } = request;
  const rows = stack.manifest([...templates.keys()]).filter((row) => row.when(project.answers));
  const files = renderAll(request, rows);
  const secret = new Set(rows.filter((row) => row.secret).map((row) => row.to));
  const answers = recordedAnswers(table, { ...project.answers, name: project.names.title });
  const record = recordText({
    generator: project.generator,
    stack: stack.id,
    answers,
    resources: [],
    files: hashes(new Map(files), secret, sha256),
  });
  const tree = new Map(
    [...files, [RECORD_PATH, { text: record, mode: 0o644 }] as const].sort(byPath),
  );
  return { tree, secret, changes: [...tree.keys()].map((path) => ({ path, action: "create" })) };
}

function renderAll<Answers extends CoreAnswers>(
  { stack, project, templates }: ProjectPlan<Answers>,
  rows: readonly ManifestRow<Answers>[],
): readonly (readonly [string, PlannedFile])[] {
  const render = renderer(stack.quoting, partials(templates));
  const text = ({ from, to }: ManifestRow<Answers>, view: View): readonly [string, string] => {
    const template = templates.get(from);
    if (template === undefined)
      throw new Error(`The manifest names "${from}", which is no template.`);
    return [to, from.endsWith(".hbs") ? render(template, view) : template];
  };
  const view = stack.view(project);
  const isListing = ({ to }: ManifestRow<Answers>): boolean => stack.listings.includes(to);
  const texts = rows.filter((row) => !isListing(row)).map((row) => text(row, view));
  const claims = texts.flatMap(([path, content]) => stack.claims(path, content));
  const complete = { ...view, claims: claimsTables(catalogue, claims) };
  const listings = rows.filter(isListing).map((row) => text(row, complete));
  const modes = new Map(rows.map(({ to, mode }) => [to, mode]));
  const files = [...stack.finish(new Map([...texts, ...listings]), project.answers)].map(
    ([path, content]) => [path, { text: content, mode: modes.get(path) ?? 0o644 }] as const,
  );
  return files.toSorted(byPath);
}

const PARTIAL = /^partials\/(.+)\.hbs$/u;

/** Passages of several lines, under the names by which templates include them. */
function partials(templates: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = [...templates].flatMap(([path, text]) => {
    const name = PARTIAL.exec(path)?.[1];
    return name === undefined ? [] : [[name, text] as const];
  });
  return new Map(found);
}

function byPath([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : Number(one > other);
}
