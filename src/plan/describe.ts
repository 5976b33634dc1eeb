import { type Field, parseFields, spellField } from "../answers/fields.js";
import {
  checkResourceName,
  type Resource,
  type ResourceFlags,
  type ResourceNames,
  spellResource,
  USUAL_FLAGS,
} from "../answers/resource.js";
import type { Problem } from "../errors.js";
import type { ProjectRecord, ResourceRecord } from "./record.js";
import { checkTables } from "./tables.js";
import {
  checkColumns,
  checkFlags,
  checkOwners,
  checkNames,
  checkReferences,
  findResource,
  targetOf,
  type Wish,
  type Words,
} from "./wishes.js";

/** What a project knows that decides whether a wish can be granted. */
export interface Surroundings {
  readonly words: Words;
  readonly record: ProjectRecord;
}

export type Described =
  | { readonly kind: "resource"; readonly resource: Resource }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** The resource that is wished for, or everything that is wrong with the wish. */
export function describeResource(wish: Wish, { words, record }: Surroundings): Described {
  const { fields, problems } = parseFields(wish.fields, words.reservedFields);
  const { flags } = wish;
  const names = namesOf(wish, record);
  const mine = fields.map(owned(flags)).map(spelt(names, record));
  const all = [
    ...checkNames(wish, { names, words, record }),
    ...problems,
    ...checkReferences(mine, names, record),
    ...checkColumns(mine, names, record),
    ...checkTables({ names, fields: mine }, record, words),
    ...checkOwners(mine, flags, record),
    ...checkFlags(wish),
  ];
  return all.length === 0
    ? { kind: "resource", resource: { names, fields: mine, flags } }
    : { kind: "refused", problems: all };
}

/** A resource that is there is meant by its name however that is spelt, and keeps its plural. */
function namesOf({ name, plural }: Wish, record: ProjectRecord): ResourceNames {
  const known = findResource(record, name);
  if (known === undefined) return spellResource(name, plural);
  return spellResource(known.name, plural ?? known.plural);
}

/** Where no row has an owner, unique for each owner is unique. */
function owned({ noOwner }: ResourceFlags): (field: Field) => Field {
  return (field) => (noOwner && field.unique === "owner" ? { ...field, unique: "global" } : field);
}

/** A reference names its class as the class is spelt, not as somebody typed it. */
function spelt(own: ResourceNames, record: ProjectRecord): (field: Field) => Field {
  return (field) => {
    if (!("model" in field.type)) return field;
    const target = targetOf(field.type.model, own, record);
    const model = target?.singular.pascal ?? field.type.model;
    return { ...field, type: { ...field.type, model } };
  };
}

/** Whether the resources of a record can be understood, each and together. */
export function isUnderstood(record: ProjectRecord): boolean {
  const flags = Object.keys(USUAL_FLAGS);
  return record.resources.every((known) => {
    const { fields, problems } = parseFields(known.fields, []);
    const names = spellResource(known.name, known.plural);
    return (
      checkResourceName(known.name, known.plural) === undefined &&
      problems.length === 0 &&
      known.flags.every((flag) => flags.includes(flag)) &&
      checkReferences(fields, names, record).length === 0
    );
  });
}

/** A resource that the project has, from its record. */
export function recordedResource({ name, plural, fields, flags }: ResourceRecord): Resource {
  const isOn = ([flag]: readonly [string, boolean]): boolean => flags.includes(flag);
  const on = (flag: keyof ResourceFlags): boolean => isOn([flag, true]);
  return {
    names: spellResource(name, plural),
    fields: parseFields(fields, []).fields,
    flags: {
      publicRead: on("publicRead"),
      noOwner: on("noOwner"),
      softDelete: on("softDelete"),
      auditReads: on("auditReads"),
      requireIfMatch: on("requireIfMatch"),
      children: on("children"),
    },
  };
}

/** A resource as it goes into the record. */
export function recordOf(
  { names, fields, flags }: Resource,
  { files, migration }: Pick<ResourceRecord, "files" | "migration">,
): ResourceRecord {
  return {
    name: names.singular.pascal,
    plural: names.plural.kebab,
    fields: fields.map(spellField),
    flags: Object.entries(flags).flatMap(([flag, isOn]) => (isOn === true ? [flag] : [])),
    files,
    migration: { path: migration.path, revision: migration.revision },
  };
}

/** Flags by name, the rest off. */
export function flagsOf(on: Partial<ResourceFlags>): ResourceFlags {
  return { ...USUAL_FLAGS, ...on };
}
