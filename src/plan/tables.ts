import { type Field, parseFields, spellField } from "../answers/fields.js";
import { isReserved, type ReservedNames } from "../answers/names.js";
import { type Resource, type ResourceNames, spellResource } from "../answers/resource.js";
import type { Problem } from "../errors.js";
import type { ResourceStack } from "../stacks/resource.js";
import type { ProjectRecord } from "./record.js";

/** What decides whether a table is free. */
export interface TableWords extends Pick<ResourceStack, "tables"> {
  readonly reservedNames: readonly ReservedNames[];
  readonly reservedTables: readonly ReservedNames[];
}

interface Owned {
  readonly name: string;
  /** As in: Order ("items:refs(Item)"). */
  readonly owner: string;
}

/** The tables of some resource, each with whom it belongs to. */
function owned(resource: Pick<Resource, "names" | "fields">, words: TableWords): readonly Owned[] {
  const { pascal } = resource.names.singular;
  return words.tables(resource).map(({ name, field }) => {
    const owner = field === undefined ? pascal : `${pascal} ("${spellField(field)}")`;
    return { name, owner };
  });
}

/** Two resources may not share a module, a table or a path. The same one again is no neighbour. */
export function takenBy(
  names: ResourceNames,
  record: ProjectRecord,
  words: TableWords,
): Problem | undefined {
  const mine = [names.singular.snake, names.plural.snake];
  const found = record.resources.flatMap((known) => {
    const theirs = spellResource(known.name, known.plural);
    if (theirs.singular.snake === names.singular.snake) return [];
    const shared = [theirs.singular.snake, theirs.plural.snake].find((name) => mine.includes(name));
    return shared === undefined ? [] : [{ shared, owner: known.name }];
  });
  const links = tablesOfOthers(names, record, words);
  const link = links.find(({ name }) => name === names.plural.snake);
  const first = found[0] ?? (link && { shared: link.name, owner: link.owner });
  if (first === undefined) return undefined;
  const message = `"${names.singular.pascal}" cannot be a resource: ${first.shared} belongs to ${first.owner}.`;
  const plural = `--plural ${names.singular.kebab}-list`;
  const hint = `Give another name, or a plural of its own${found.length > 0 ? "" : `: ${plural}`}.`;
  return { code: "resource.taken", message, hint };
}

/** The tables of a project's other resources. */
function tablesOfOthers(
  own: ResourceNames,
  record: ProjectRecord,
  words: TableWords,
): readonly Owned[] {
  return record.resources.flatMap((known) => {
    const names = spellResource(known.name, known.plural);
    if (names.singular.snake === own.singular.snake) return [];
    return owned({ names, fields: parseFields(known.fields, []).fields }, words);
  });
}

/** Fields whose table of links is there already, or is another's. */
export function checkTables(
  resource: Pick<Resource, "names" | "fields">,
  record: ProjectRecord,
  words: TableWords,
): readonly Problem[] {
  const { names, fields } = resource;
  const others = tablesOfOthers(names, record, words);
  const own = { name: names.plural.snake, owner: names.singular.pascal };
  const whyTaken = (table: string): string | undefined => {
    const other = [own, ...others].find(({ name }) => name === table);
    if (other !== undefined) return `belongs to ${other.owner}`;
    const groups = [...words.reservedNames, ...words.reservedTables];
    const group = groups.find((one) => isReserved(table, one));
    return group === undefined ? undefined : `is ${group.reason}`;
  };
  return words.tables(resource).flatMap(({ name, field }) => {
    const why = field === undefined ? undefined : whyTaken(name);
    if (field === undefined || why === undefined) return [];
    const free = renamed(field).find((one) => {
      const tables = words.tables({ names, fields: [one] });
      const isNew = !fields.some((other) => other.name === one.name);
      return isNew && tables.slice(1).every((table) => whyTaken(table.name) === undefined);
    });
    const example = free === undefined ? "" : `, as in ${spellField(free)}`;
    return [
      {
        code: "field.taken",
        message: `"${spellField(field)}" needs a table ${name}, which ${why}.`,
        hint: `Give the field another name${example}.`,
      },
    ];
  });
}

function renamed(field: Field): readonly Field[] {
  return ["linked", "chosen", "added"].map((word) => ({ ...field, name: `${word}_${field.name}` }));
}
