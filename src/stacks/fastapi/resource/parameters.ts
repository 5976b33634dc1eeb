import type { FieldType } from "../../../answers/fieldtypes.js";

const BIGINT_DIGITS = 18;

/** How many characters a string may have. */
export function lengthOf(type: FieldType): number {
  return type.kind === "string" ? type.length : 0;
}

/** All digits of a decimal, and those after the point. */
export function digitsOf(type: FieldType): readonly [number, number] {
  return type.kind === "decimal" ? [type.precision, type.scale] : [0, 0];
}

/** What an enum may be. */
export function valuesOf(type: FieldType): readonly string[] {
  return type.kind === "enum" ? type.values : [];
}

/** How long the longest of some values is. */
export function longest(values: readonly string[]): number {
  return Math.max(...values.map((value) => value.length));
}

/** SQLite has no exact numbers: a count of the smallest unit, as text where it is too large. */
export function exactDecimal(type: FieldType): string {
  const [precision, scale] = digitsOf(type);
  const units = precision <= BIGINT_DIGITS ? "BigInteger()" : `String(${precision + 1})`;
  return `sa.Numeric(${precision}, ${scale}).with_variant(sa.${units}, "sqlite")`;
}

/** A float, as code. */
export function floatLiteral(value: string): string {
  return value.includes(".") ? value : `${value}.0`;
}

/** A day, as code. */
export function dateLiteral(value: string): string {
  return `date(${value.split("-").map(Number).join(", ")})`;
}

/** A moment, as code. */
export function momentLiteral(value: string): string {
  return `datetime(${(value.match(/\d+/gu) ?? []).map(Number).join(", ")}, tzinfo=UTC)`;
}
