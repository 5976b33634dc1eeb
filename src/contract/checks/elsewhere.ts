/** Claims that no check of ours tries to refute, and who does instead: each with its reason. */
export const elsewhere: ReadonlyMap<string, string> = new Map([
  [
    "DEPS-01",
    "the form of a lock is its language's: the project's own tests read it, and every installation compares the hashes",
  ],
  [
    "DEPS-02",
    "the project's own tests know what is abandoned; what is vulnerable is asked by its daily audit, over the network",
  ],
  [
    "DEPS-03",
    "the analysers belong to its language: the project's own `scripts/check` runs them, and CI runs that",
  ],
  ["DEPS-05", "the project's own tests compare what it imports with what it declares"],
]);
