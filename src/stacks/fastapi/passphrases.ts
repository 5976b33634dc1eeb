import type { Names } from "../../answers/names.js";

/** Two passwords that the tests and the documents of a project show. */
export interface Passphrases {
  readonly first: string;
  readonly second: string;
}

/**
 * A project refuses passwords that hold its own name, wherever in them and without regard to spaces. No four
 * letters in a row occur in both sets and no word is shorter, so a name that spoils one leaves the other good.
 */
export const PASSPHRASES: readonly [Passphrases, Passphrases] = [
  { first: "violet anchor meadow lantern", second: "copper willow harbour thimble" },
  { first: "saddle quartz mitten gravel", second: "bucket fossil pigeon dragon" },
];

/** Shorter names count as words of their own only (app/core/password_policy.py). */
const SHORTEST_PART = 4;

/** As the generated password policy compares: small letters and digits, nothing between them. */
function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** The passwords that a project of this name accepts. */
export function passphrases({ slug, title }: Pick<Names, "slug" | "title">): Passphrases {
  const [usual, other] = PASSPHRASES;
  const names = [slug, title].map(squeezed).filter(({ length }) => length >= SHORTEST_PART);
  const isSpoilt = Object.values(usual).some((phrase: string) =>
    names.some((name) => squeezed(phrase).includes(name)),
  );
  return isSpoilt ? other : usual;
}
