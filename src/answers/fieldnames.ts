import type { Problem } from "../errors.js";
import type { Field } from "./fields.js";
import { FIELD_TYPES } from "./fieldtypes.js";
import { isReserved, printable, type ReservedNames } from "./names.js";

const LONGEST_NAME = 40;
const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** A field as far as its name goes. */
interface Named {
  readonly name: string;
  readonly kind: string;
}

/** What a group of reserved names is compared with: a list of other rows has no column. */
function comparedAs({ name, kind }: Named, { of }: ReservedNames): string {
  if (of === "columns" && kind === "refs") return "";
  return of !== undefined && kind === "ref" ? `${name}_id` : name;
}

/** What is wrong with a field's name, if anything. */
export function checkFieldName(
  named: Named,
  reserved: readonly ReservedNames[],
): Problem | undefined {
  const { name } = named;
  const shown = printable(name);
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    const hint = `Use at most ${LONGEST_NAME} small letters, digits and single underscores, beginning with a letter`;
    const better = snake(name);
    const fits = NAME.test(better) && better.length <= LONGEST_NAME;
    const message = `"${shown}" cannot be a field's name.`;
    return { code: "field.name", message, hint: `${hint}${fits ? `: ${better}` : ""}.` };
  }
  const clash = reserved.find((group) => isReserved(comparedAs(named, group), group));
  if (clash === undefined) return undefined;
  return {
    code: "field.reserved",
    message: `"${shown}" cannot be a field's name: it is ${clash.reason}.`,
    hint: `Give another, as in ${instead(name, reserved)}.`,
  };
}

/** A name near to it that is free. */
function instead(name: string, reserved: readonly ReservedNames[]): string {
  const ended = name.endsWith("_id") ? name.replace(/_id$/, "_ref") : `${name}_value`;
  return reserved.some((group) => isReserved(ended, group)) ? `own_${name}` : ended;
}

function snake(name: string): string {
  const spaced = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return spaced.replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[_0-9]+|_+$/g, "");
}

/** Two fields that would be one column, or one query parameter. */
export function clashes(fields: readonly Field[]): readonly Problem[] {
  const seen = new Map<string, Field>();
  return fields.flatMap((field) => {
    const taken = wordsOf(field);
    const other = taken.map((word) => seen.get(word)).find((found) => found !== undefined);
    for (const word of taken) seen.set(word, field);
    if (other === undefined) return [];
    const isSame = other.name === field.name;
    const message = isSame
      ? `The field "${field.name}" is given twice.`
      : `The fields "${other.name}" and "${field.name}" take the same name in the API.`;
    return [{ code: "field.twice", message, hint: "Give each a name of its own." }];
  });
}

/** Every name that a field takes in bodies, columns and queries. */
function wordsOf({ name, type }: Field): readonly string[] {
  if (type.kind === "ref") return [name, `${name}_id`];
  if (type.kind === "refs") return [name, `${name}_ids`];
  if (type.kind === "encrypted") return [name, `${name}_ciphertext`];
  return FIELD_TYPES[type.kind].hasRange ? [name, `${name}_gte`, `${name}_lte`] : [name];
}
