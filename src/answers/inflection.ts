import { pluralize, singularize } from "inflection";

/** Plurals that the library does not know, or gets wrong: the usual ones of English. */
const IRREGULAR: Readonly<Record<string, string>> = {
  alumnus: "alumni",
  appendix: "appendices",
  atlas: "atlases",
  bias: "biases",
  blitz: "blitzes",
  blouse: "blouses",
  buzz: "buzzes",
  cactus: "cacti",
  cafe: "cafes",
  calf: "calves",
  cargo: "cargoes",
  corpus: "corpora",
  echo: "echoes",
  epoch: "epochs",
  gas: "gases",
  half: "halves",
  hero: "heroes",
  iris: "irises",
  larva: "larvae",
  leaf: "leaves",
  lens: "lenses",
  loaf: "loaves",
  opus: "opuses",
  passerby: "passersby",
  phenomenon: "phenomena",
  quota: "quotas",
  radius: "radii",
  safe: "safes",
  scarf: "scarves",
  shelf: "shelves",
  stimulus: "stimuli",
  thief: "thieves",
  topaz: "topazes",
  veto: "vetoes",
};
const SINGULARS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(IRREGULAR).map(([one, many]) => [many, one]),
);

/** Many of a word that is in small letters; the word itself where it has no other plural. */
export function plural(word: string): string {
  if (Object.hasOwn(SINGULARS, word)) return word;
  return Object.hasOwn(IRREGULAR, word) ? (IRREGULAR[word] ?? word) : pluralize(word);
}

/** One of them. */
export function singular(word: string): string {
  return Object.hasOwn(SINGULARS, word) ? (SINGULARS[word] ?? word) : singularize(word);
}

/** Whether a word is the plural of another. */
export function isPlural(word: string): boolean {
  return plural(word) === word && singular(word) !== word;
}
