import { isDeepStrictEqual } from "node:util";

import { type Trial, Unprepared } from "../../check.js";
import { listAt, member, textAt } from "../../json.js";
import type { Person } from "../../people.js";
import { type Resource, resourcesOf } from "../../surface.js";
import { otherThan, type Property, propertiesOf, sampleOf } from "./sample.js";

/** Whatever was read before: without it, some resources refuse every change. */
export const ANY_VERSION = { "if-match": "*" };

/** Something that belongs to one user: where it is listed, and where it is by itself. */
export interface Owned {
  /** As in `/notes`, below the prefix. */
  readonly list: string;
  /** As in `/notes/0198...`. */
  readonly item: string;
  readonly id: string;
  /** In capitals: what the document says can be done with one, and is its owner's alone to do. */
  readonly methods: readonly string[];
  /** A change that its owner may make. */
  readonly change: unknown;
}

/** One of everything that somebody can own in this project: of each resource a row, and their sign-in. */
export async function ownedBy(t: Trial, owner: Person): Promise<readonly Owned[]> {
  const rows: Owned[] = [];
  for (const resource of ownable(t)) rows.push(await addRow(t, owner, resource));
  return [...rows, await signInOf(owner)];
}

/** Resources of which users have rows of their own, whoever may read them. */
export function ownable(t: Trial): readonly Resource[] {
  return resourcesOf(t.surface).filter(({ isShared }) => !isShared);
}

/** Resources of which users see rows of their own, and no others. */
export function personal(t: Trial): readonly Resource[] {
  return ownable(t).filter(({ isPublic }) => !isPublic);
}

/** Administrators by the check that needs them: one is enough for each. */
const administrators = new WeakMap<Trial, Promise<Person>>();

/** Who may make a row: the person themself, or an administrator where only they write. */
export async function writerOf(t: Trial, person: Person, resource: Resource): Promise<Person> {
  if (!resource.isShared) return person;
  const admin = administrators.get(t) ?? t.people.admin();
  administrators.set(t, admin);
  return admin;
}

/** What stands for a parent in a body: where the record knows nothing, `customer_id` of `/customers/{customer_id}`. */
export function parentOf(t: Trial, { path }: Resource, { name }: Property): Resource | undefined {
  const known = t.surface.parents.get(`${path} ${name}`);
  return resourcesOf(t.surface).find((one) => one.path === known) ?? namedLike(t, name);
}

function namedLike(t: Trial, name: string): Resource | undefined {
  return resourcesOf(t.surface).find(({ itemPath }) =>
    [name, name.replace(/s$/, "")].some((wanted) => itemPath.endsWith(`{${wanted}}`)),
  );
}

/** The body that makes a row; parents that it cannot do without are made first. */
export async function bodyFor(
  t: Trial,
  owner: Person,
  resource: Resource,
): Promise<Readonly<Record<string, unknown>>> {
  const { document } = t.surface;
  const body: Record<string, unknown> = {};
  for (const property of propertiesOf(document, resource.createSchema)) {
    if (!property.isRequired) continue;
    const parent = parentOf(t, resource, property);
    body[property.name] =
      parent === undefined
        ? sampleOf(document, property.schema)
        : (await addRow(t, owner, parent)).id;
  }
  return body;
}

/** Make a row of a resource. */
export async function addRow(t: Trial, person: Person, resource: Resource): Promise<Owned> {
  const writer = await writerOf(t, person, resource);
  const body = await bodyFor(t, writer, resource);
  const answer = await writer.client.post(resource.path, body);
  if (answer.status !== 201)
    throw new Unprepared(`no row can be added to ${resource.path}`, answer);
  const id = answer.field("id");
  return {
    list: resource.path,
    item: resource.itemPath.replace(/\{[^}]+\}$/, id),
    id,
    methods: [...resource.methods].filter((method) => !(resource.isPublic && method === "GET")),
    change: changeOf(t, resource, { ...Object(answer.json), ...body }),
  };
}

/** Another value for the first field that can have one; references lead elsewhere and stay. */
function changeOf(t: Trial, { createSchema }: Resource, row: unknown): unknown {
  const { document } = t.surface;
  const changes = propertiesOf(document, createSchema)
    .filter(({ name }) => !/_ids?$/.test(name))
    .map(({ name, schema }) => [name, otherThan(document, schema, member(row, name))] as const)
    .filter(([name, value]) => !isDeepStrictEqual(value, member(row, name)));
  return Object.fromEntries(changes.slice(0, 1));
}

async function signInOf(owner: Person): Promise<Owned> {
  const list = "/auth/sessions";
  const answer = await owner.client.get(list);
  const id = textAt(answer.json, "items", 0, "id");
  if (id === "") throw new Unprepared("who signed in sees no sign-in of theirs", answer);
  return { list, id, item: `${list}/${id}`, methods: ["DELETE"], change: undefined };
}

/** The ids in a list's answer. */
export function idsIn(answer: { readonly json: unknown }): readonly string[] {
  return listAt(answer.json, "items").map((row) => textAt(row, "id"));
}
