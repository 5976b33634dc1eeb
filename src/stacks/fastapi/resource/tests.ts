import type { ResourceFile, ResourceRequest } from "../../resource.js";
import type { View } from "../../stack.js";
import type { ResourceFlags } from "../../../answers/resource.js";
import { importLine } from "../python.js";
import { childrenOf } from "./children.js";
import { validValue } from "./samples.js";
import { type Shape, targetOf } from "./shape.js";
import { fieldLists, type Resources } from "./testfields.js";
import { needsDatabase, relationLists, targetsOf } from "./testrelations.js";

type Condition = (facts: Facts) => boolean;

/** What decides which tests a resource has. */
interface Facts {
  readonly shape: Shape;
  readonly view: View;
}

const always: Condition = () => true;
function has(key: string): Condition {
  return ({ view }) => {
    const value = view[key];
    return typeof value === "string" ? value !== "" : Array.isArray(value) && value.length > 0;
  };
}

const flag =
  (name: keyof ResourceFlags): Condition =>
  ({ shape }) =>
    shape.resource.flags[name];

/** A row of it makes no more than one row of any other resource. */
function isShallow({ references, links }: Shape): boolean {
  const targets = [...references, ...links].map(targetOf);
  const isDeep = targets.some(({ fields }) =>
    fields.some(({ type }) => type.kind.startsWith("ref")),
  );
  return !isDeep && new Set(targets).size === targets.length;
}

/** Each file of tests, and when a resource has it. */
const FILES: Readonly<Record<string, Condition>> = {
  "__init__.py": always,
  "rows.py": always,
  "surface.py": has("surface"),
  "test_access.py": ({ shape }) => shape.isOwned && !shape.resource.flags.publicRead,
  "test_access_public.py": ({ shape }) => shape.isOwned && shape.resource.flags.publicRead,
  "test_access_shared.py": ({ shape }) => !shape.isOwned,
  "test_anonymous_closed.py": ({ shape }) => !shape.resource.flags.publicRead,
  "test_anonymous_open.py": flag("publicRead"),
  "test_changes.py": always,
  "test_children.py": has("parents"),
  "test_children_closed.py": has("closedParents"),
  "test_deleted.py": flag("softDelete"),
  "test_encrypted.py": has("encrypted"),
  "test_fields.py": always,
  "test_gone.py": has("gone"),
  "test_html.py": has("htmls"),
  "test_kept.py": has("kept"),
  "test_lists.py": always,
  "test_loose.py": has("loose"),
  "test_needed.py": has("needed"),
  "test_not_null.py": has("required"),
  "test_nullable.py": has("nulls"),
  "test_optional.py": has("defaults"),
  "test_private.py": has("privates"),
  "test_quota.py": ({ shape }) => shape.isOwned && isShallow(shape),
  "test_reads.py": flag("auditReads"),
  "test_references.py": has("referenceCreates"),
  "test_repeated.py": always,
  "test_repeated_by_others.py": ({ shape }) => shape.isOwned,
  "test_required.py": has("mandatory"),
  "test_room.py": ({ shape }) =>
    shape.resource.flags.softDelete && shape.isOwned && isShallow(shape),
  "test_self.py": has("ownKind"),
  "test_spellings.py": has("spelt"),
  "test_unique.py": has("uniques"),
  "test_unique_to_owner.py": has("ownerUniques"),
  "test_versions.py": flag("requireIfMatch"),
};

/** The tests that a resource brings. */
export function testFiles(
  shape: Shape,
  { resources }: Pick<ResourceRequest, "resources">,
): readonly ResourceFile[] {
  const view = testView(shape, resources);
  const facts = { shape, view };
  const names = Object.entries(FILES).filter(([, isWanted]) => isWanted(facts));
  return names.map(([name]) => ({
    from: `tests/${name}.hbs`,
    to: `tests/${shape.many}/${name.replace(/(?<=access|anonymous)_\w+\.py$/u, ".py")}`,
    view,
  }));
}

function testView(shape: Shape, resources: Resources): View {
  const { one, many, some, proses, path, table, resource, isOwned } = shape;
  const creates = needsDatabase(resource, resources);
  const bodies = targetsOf(resource, resources).some((target) => needsDatabase(target, resources));
  const values = shape.all.map(
    (column) =>
      `"${column.name}": ${validValue(shape, column, (target) => needsDatabase(target, resources))}`,
  );
  return {
    one,
    many,
    some,
    proses,
    path,
    table,
    Many: resource.names.plural.title,
    surface: surfaceOf(shape),
    cursorOfOthers: resource.flags.publicRead ? "" : ", and that of somebody else",
    statusOfOthers: resource.flags.publicRead ? "200" : "422",
    owner: isOwned ? "alice" : "admin",
    db: creates ? ", database" : "",
    dbParam: creates ? ", database: Inspector" : "",
    newDb: bodies ? ", database" : "",
    newDbParam: bodies ? ", database: Inspector" : "",
    newPerson: values.some((value) => value.includes("(person")) ? "person" : "_",
    targetImports: targetImports(shape, resources),
    counter: uses(values)
      ? ["# Every body differs from the others, wherever it has to.", "numbers = count(1)"]
      : [],
    next: uses(values) ? ["number = next(numbers)"] : [],
    values,
    send: sendLines(shape),
    ...fieldLists(shape),
    ...relationLists(shape, resources),
  };
}

/** Parts of a name that the project's own answers never have. */
const SECRET = /hash|secret|totp|failures|token_version|mac/u;

/** What the tests of all routes and all answers would refuse if nobody had asked for it. */
function surfaceOf(shape: Shape): readonly string[] {
  const routes = shape.resource.flags.publicRead ? publicRoutes(shape) : [];
  const shown = shape.all.filter(({ name, field }) => !field.isPrivate && SECRET.test(name));
  return [
    ...setLines("PUBLIC", routes),
    ...setLines(
      "SHOWN",
      shown.map(({ name }) => `${shape.Class}Out.${name}`),
    ),
  ];
}

function setLines(name: string, members: readonly string[]): readonly string[] {
  if (members.length === 0) return [];
  return ["", `${name} = {`, ...members.map((member) => `    "${member}",`), "}"];
}

/** What the list of all routes calls those that everybody may read. */
function publicRoutes(shape: Shape): readonly string[] {
  const open = childrenOf(shape).filter(({ parent }) => parent.resource.flags.publicRead);
  const paths = [shape.path, `${shape.path}/{${shape.one}_id}`, ...open.map(({ path }) => path)];
  return paths.map((path) => `GET /api/v1${path}`);
}

function uses(values: readonly string[]): boolean {
  return values.some((value) => /\bnumber\b/u.test(value.replace(/^"\w+": /u, "")));
}

function sendLines({ isOwned }: Shape): readonly string[] {
  const post = "response = await person.client.post(PATH, json=body)";
  return isOwned ? [post] : ["async with as_admin(person, database):", `    ${post}`];
}

function targetImports(shape: Shape, resources: Resources): readonly string[] {
  const targets = new Set(targetsOf(shape.resource, resources));
  return [...targets].map(({ names }) =>
    importLine(`tests.${names.plural.snake}.rows`, [`create_${names.singular.snake}`]),
  );
}
