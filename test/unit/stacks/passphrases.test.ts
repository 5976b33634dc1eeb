import { expect, test } from "vitest";
import { spell } from "../../../src/answers/names.js";
import { PASSPHRASES, passphrases } from "../../../src/stacks/fastapi/passphrases.js";
import { options } from "../../../src/stacks/registry.js";
import { treeOf } from "../../golden/plan.js";

const [USUAL, OTHER] = PASSPHRASES;

function squeezed(phrases: { first: string; second: string }): readonly string[] {
  return Object.values(phrases).map((phrase: string) => phrase.replaceAll(" ", ""));
}

/** Every four letters in a row, wherever they begin. */
function parts(phrases: { first: string; second: string }): readonly string[] {
  return squeezed(phrases).flatMap((text) =>
    Array.from({ length: text.length - 3 }, (_, start) => text.slice(start, start + 4)),
  );
}

test("an ordinary project shows the usual passwords", () => {
  for (const name of ["my-api", "note", "Let", "an"]) {
    expect(passphrases(spell(name))).toBe(USUAL);
  }
});

test.each(["lantern", "Meadow", "violet", "river", "harbour", "Tan_Chor", "etan", "copper-willow"])(
  "the passwords of a project named %s do not hold its name",
  (name) => {
    const chosen = squeezed(passphrases(spell(name)));
    const spoken = name.toLowerCase().replaceAll(/[-_]/g, "");
    expect(chosen.filter((phrase) => phrase.includes(spoken))).toEqual([]);
  },
);

test("no name can spoil both sets: four letters in one are in none of the other", () => {
  const others = new Set(parts(OTHER));
  expect(others.size).toBeGreaterThan(20);
  expect(parts(USUAL).filter((part) => others.has(part))).toEqual([]);
});

test("no word is so short that it could be a name of three letters", () => {
  const words = [USUAL, OTHER].flatMap(({ first, second }) => `${first} ${second}`.split(" "));
  expect(words.filter((word) => word.length < 4)).toEqual([]);
});

test.each(["lantern", "meadow", "violet", "river", "harbour"])(
  "no file of a project named %s shows a password with its name",
  async (name) => {
    const tree = await treeOf({ name, features: [...options.features.choices] });
    const unusable: readonly string[] = Object.values(USUAL).filter((phrase: string) =>
      phrase.includes(name),
    );
    const showing = [...tree].filter(([, { text }]) =>
      unusable.some((phrase) => text.includes(phrase)),
    );
    expect(showing.map(([path]) => path)).toEqual([]);
    expect(tree.get("README.md")?.text).toContain(passphrases(spell(name)).first);
  },
);
