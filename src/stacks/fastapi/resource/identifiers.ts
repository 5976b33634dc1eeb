/*
 * Names of tables and constraints. PostgreSQL cuts a name at 63 bytes, so a longer one than the
 * convention's is given by hand: shortened, and with a hash that keeps it apart from its like.
 */

const LONGEST = 63;
const HASH_CHARACTERS = 9;

export type Kind = "pk" | "fk" | "uq" | "ix" | "ck";

export interface Named {
  readonly name: string;
  /** What the naming convention of the models arrives at by itself. */
  readonly isConventional: boolean;
}

/** The name of a constraint: what the convention says, where that is short enough. */
export function constraint(kind: Kind, ...parts: readonly string[]): Named {
  const name = [kind, ...parts].join("_");
  return { name: shorten(name), isConventional: name.length <= LONGEST };
}

/** A name that fits, the same one for the same text. */
export function shorten(name: string): string {
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, LONGEST - HASH_CHARACTERS).replace(/_$/u, "")}_${hash(name)}`;
}

/** FNV-1a: to tell names apart needs no cryptography. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}
