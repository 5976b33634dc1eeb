import type { Field } from "../answers/fields.js";
import { isPlural, singular as singularOf } from "../answers/inflection.js";
import { isReserved, printable, type ReservedNames, words as wordsOf } from "../answers/names.js";
import {
  checkResourceName,
  type ResourceFlags,
  type ResourceNames,
  spellResource,
} from "../answers/resource.js";
import type { Problem } from "../errors.js";
import type { ResourceStack } from "../stacks/resource.js";
import type { ProjectRecord, ResourceRecord } from "./record.js";
import { takenBy } from "./tables.js";

/** A resource as somebody asks for it. */
export interface Wish {
  readonly name: string;
  readonly plural: string | undefined;
  readonly fields: readonly string[];
  readonly flags: ResourceFlags;
}

/** Names that a project has no room for. */
export type Words = Pick<
  ResourceStack,
  "reservedNames" | "reservedTables" | "reservedFields" | "tables"
>;

/** The resource of a name, whichever way it is spelt. */
export function findResource(record: ProjectRecord, name: string): ResourceRecord | undefined {
  return record.resources.find((known) => snake(known.name) === snake(name));
}

/** The names of the resource that a reference leads to: one of the project, or the one that has it. */
export function targetOf(
  model: string,
  own: ResourceNames,
  record: ProjectRecord,
): ResourceNames | undefined {
  if (snake(model) === own.singular.snake) return own;
  const known = findResource(record, model);
  return known === undefined ? undefined : spellResource(known.name, known.plural);
}

interface Naming {
  readonly names: ResourceNames;
  readonly words: Words;
  readonly record: ProjectRecord;
}

/** What is wrong with the name. One problem, whatever else is: another name puts all of them right. */
export function checkNames({ name, plural }: Wish, naming: Naming): readonly Problem[] {
  const { names, record, words } = naming;
  const form = checkResourceName(name, plural);
  if (form?.code === "resource.name") return [form];
  const clash = reservedBy(naming) ?? takenBy(names, record, words);
  if (clash !== undefined) return [clash];
  // A resource that is there has its plural already.
  const isKnown = findResource(record, name) !== undefined && plural === undefined;
  return form === undefined || isKnown ? [] : [form];
}

function reservedBy({ names, words }: Naming): Problem | undefined {
  const { singular, plural } = names;
  const groups = [
    ...words.reservedNames.map((group) => [singular.snake, group] as const),
    ...[...words.reservedNames, ...words.reservedTables].map(
      (group) => [plural.snake, group] as const,
    ),
  ];
  const found = groups.find(([name, group]) => isReserved(name, group));
  if (found === undefined) return undefined;
  const [name, { reason }] = found;
  return {
    code: "resource.reserved",
    message: `"${singular.pascal}" cannot be a resource: ${name} is ${reason}.`,
    hint: suggest(names, words.reservedNames),
  };
}

/** A name that would do in place of one that does not. */
function suggest({ singular }: ResourceNames, reserved: readonly ReservedNames[]): string {
  const parts = singular.snake.split("_");
  const last = parts.pop() ?? "";
  const one = isPlural(last)
    ? spellResource([...parts, singularOf(last)].join("-")).singular.pascal
    : singular.pascal;
  const suggestion = ["Entry", "Item", "Record"]
    .map((word) => `${one}${word}`)
    .find((name) => {
      const { snake } = spellResource(name).singular;
      const isFree = !reserved.some((group) => isReserved(snake, group));
      return isFree && checkResourceName(name) === undefined;
    });
  return `Give another name${suggestion === undefined ? "" : `, as in ${suggestion}`}.`;
}

/** References that lead nowhere, or to a row that there cannot be yet. */
export function checkReferences(
  fields: readonly Field[],
  own: ResourceNames,
  record: ProjectRecord,
): readonly Problem[] {
  return fields.flatMap(({ name, type, isOptional }) => {
    if (!("model" in type)) return [];
    const target = targetOf(type.model, own, record);
    if (target === undefined) return [nowhere(`${name}:${type.kind}`, type.model, record)];
    if (type.kind === "ref" && name.endsWith("_id")) return [twiceId(name, type.model)];
    if (target !== own || type.kind === "refs" || isOptional) return [];
    const message = `"${name}:ref(${type.model})" needs a row of its own kind before there is one.`;
    return [{ code: "field.self", message, hint: `Make it optional: ${name}:ref(${type.model})?` }];
  });
}

function twiceId(name: string, model: string): Problem {
  const message = `"${name}:ref(${model})" would make a column ${name}_id.`;
  const short = name.slice(0, -"_id".length);
  return { code: "field.reference", message, hint: `Leave the end out: ${short}:ref(${model})` };
}

function nowhere(field: string, model: string, record: ProjectRecord): Problem {
  const names = record.resources.map((one) => one.name).join(", ");
  const there = names === "" ? "it has none yet" : `it has ${names}`;
  return {
    code: "field.reference",
    message: `"${field}(${printable(model)})" leads to no resource of this project: ${there}.`,
    hint: whereTo(model, record.resources),
  };
}

function whereTo(model: string, known: readonly ResourceRecord[]): string {
  if (snake(model) === "user") return "A row belongs to the user who made it already.";
  const meant = known.find(
    ({ name, plural }) => spellResource(name, plural).plural.snake === snake(model),
  );
  return meant === undefined
    ? `Generate it first: create-secure-api generate resource ${printable(model)} name:string`
    : `Write the singular: ${meant.name}`;
}

function snake(name: string): string {
  return wordsOf(name).join("_");
}

/** A row of nobody would keep somebody's account from being deleted with all that is in it. */
export function checkOwners(
  fields: readonly Field[],
  flags: ResourceFlags,
  record: ProjectRecord,
): readonly Problem[] {
  if (!flags.noOwner) return [];
  return fields.flatMap(({ name, type, isOptional }) => {
    if (type.kind !== "ref" || isOptional) return [];
    const target = findResource(record, type.model);
    if (target === undefined || target.flags.includes("noOwner")) return [];
    const message = `"${name}:ref(${type.model})" makes rows of nobody depend on a row that somebody owns.`;
    return [
      { code: "field.owner", message, hint: `Make it optional: ${name}:ref(${type.model})?` },
    ];
  });
}

/** `tags:refs(Tag)` is the column `tag_ids`: another field may not have that name. */
export function checkColumns(
  fields: readonly Field[],
  own: ResourceNames,
  record: ProjectRecord,
): readonly Problem[] {
  return fields.flatMap(({ name, type }) => {
    if (type.kind !== "refs") return [];
    const target = targetOf(type.model, own, record);
    if (target?.plural.snake !== name) return [];
    const column = `${target.singular.snake}_ids`;
    if (!fields.some((other) => other.name === column)) return [];
    const message = `The fields "${name}" and "${column}" take the same name in the API.`;
    return [{ code: "field.twice", message, hint: "Give each a name of its own." }];
  });
}

/** Flags that mean nothing for these fields. What was typed counts: a reference may be wrong in itself. */
export function checkFlags({ fields, flags }: Wish): readonly Problem[] {
  if (!flags.children || fields.some((word) => /:\s*ref\b/.test(word))) return [];
  return [
    {
      code: "flag.children",
      message: "--children lists rows under the parent of a reference, and there is no reference.",
      hint: "Leave it out, or add one, as in customer:ref(Customer).",
    },
  ];
}
