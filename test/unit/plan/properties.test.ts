import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { parseField, parseFields, spellField } from "../../../src/answers/fields.js";
import { USUAL_FLAGS } from "../../../src/answers/resource.js";
import type { Texts } from "../../../src/plan/resource.js";
import type { Wish } from "../../../src/plan/wishes.js";
import { destroy, generate, granted, modelsOf } from "../../fixtures/memory.js";
import { wish } from "../../fixtures/resources.js";
import { treeOf } from "../../golden/plan.js";
import { lint } from "../../golden/ruff.js";

const COLUMNS = 100;
/** The same resources on every run; another number tries others. */
const SEED = Number(process.env.RESOURCES_SEED ?? 1);
const formatter = new Workspace({ "line-length": COLUMNS }, PositionEncoding.Utf16);
let project: Texts = new Map();

beforeAll(async () => {
  project = new Map([...(await treeOf({}))].map(([file, { text }]) => [file, text]));
});

/** Wishes that may refer to the ones before them, by name. */
const wishes = wish([]).chain((first) =>
  wish([first.name]).chain((second) =>
    fc.tuple(fc.constant(first), fc.constant(second), wish([first.name, second.name])),
  ),
);

/** What a project becomes, wish by wish; those that cannot be granted are left out. */
function grown(all: readonly Wish[], from: Texts): readonly Texts[] {
  return all.reduce<readonly Texts[]>(
    (steps, one) => {
      const now = steps.at(-1) ?? from;
      const resource = granted(one, now);
      return resource === undefined ? steps : [...steps, generate(resource, now)];
    },
    [from],
  );
}

/** What is wrong with the files that are there now and were not before, or are no longer the same. */
function faults(before: Texts, after: Texts): readonly string[] {
  const changed = [...after].filter(([file, text]) => before.get(file) !== text);
  const code = changed.filter(([file]) => file.endsWith(".py"));
  const settings = ["pyproject.toml", after.get("pyproject.toml") ?? ""] as const;
  const tree = new Map(
    [settings, ...code].map(([file, text]) => [file, { text, mode: 0o644 as const }]),
  );
  return [
    ...lint(tree),
    ...code.flatMap(([file, text]) => textFaults(text).map((one) => `${file}: ${one}`)),
  ];
}

function textFaults(text: string): readonly string[] {
  const lines = text.split("\n");
  const formatted = formatter.format(text);
  return [
    ...lines.filter((line) => line.length > COLUMNS),
    ...lines.filter((line) => /\{\{|\}\}(?!")|undefined|\[object|\r/u.test(line)),
    ...(/[^\n]\n$/u.test(text) || text === "" ? [] : ["its end"]),
    ...(formatted === text ? [] : [firstDifference(text, formatted)]),
  ];
}

function firstDifference(text: string, formatted: string): string {
  const wanted = formatted.split("\n");
  const index = text.split("\n").findIndex((line, at) => line !== wanted[at]);
  const around = (one: string): string =>
    one
      .split("\n")
      .slice(Math.max(index - 1, 0), index + 3)
      .join("\n");
  return `line ${index + 1} is\n${around(text)}\nand the formatter would have\n${around(formatted)}`;
}

describe("resources, whatever they are", { timeout: 120_000 }, () => {
  it("come out as linter and formatter want them, and go without a trace", () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const steps = grown(all, project);
        const last = steps.at(-1) ?? project;
        fc.pre(steps.length > 1);
        expect(faults(project, last)).toEqual([]);
        for (const [index, before] of [...steps.entries()].toReversed().slice(1)) {
          const after = steps[index + 1] ?? last;
          const name = modelsOf(after).find((one) => !modelsOf(before).includes(one)) ?? "";
          expect(destroy(name, after)).toEqual(before);
        }
      }),
      { numRuns: Number(process.env.RESOURCES_RUNS ?? 15), seed: SEED },
    );
  });

  it("are read back as they were written", () => {
    fc.assert(
      fc.property(wish(["Customer"]), ({ fields }) => {
        const parsed = parseFields(fields, []);
        for (const field of parsed.fields) {
          expect(parseField(spellField(field), [])).toEqual({ field, problems: [] });
        }
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe("what is no resource", { timeout: 120_000 }, () => {
  it("is refused in words, whatever was typed", () => {
    const anything = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("a:int"));
    const typed = fc.record({
      name: fc.oneof(anything, fc.constantFrom("Invoice", "Session")),
      plural: fc.option(anything, { nil: undefined }),
      fields: fc.array(anything, { maxLength: 5 }),
      flags: fc.constant(USUAL_FLAGS),
    });
    fc.assert(
      fc.property(typed, (one) => {
        const resource = granted(one, project);
        if (resource === undefined) return;
        expect(resource.names.plural.kebab).toMatch(/^[a-z][a-z0-9-]*$/u);
        generate(resource, project);
      }),
      { numRuns: 200, seed: SEED },
    );
  });
});

it("the fortieth resource takes about as long as the first", { timeout: 60_000 }, () => {
  const seconds = (count: number): number => {
    const started = performance.now();
    let now = project;
    for (let index = 0; index < count; index += 1) {
      const name = `Thing${"abcdefghij".charAt(index % 10)}${Math.floor(index / 10)}`;
      const fields = ["title:string:unique", "total:decimal(10,2)=0", "due:date?", "is_open:bool"];
      const one = granted({ name, plural: `${name}-list`, fields, flags: USUAL_FLAGS }, now);
      now = generate(one ?? expect.fail(name), now);
    }
    return performance.now() - started;
  };
  seconds(5);
  const ratios = [1, 2, 3].map(() => seconds(40) / seconds(10));
  // Four times as many; twice that leaves room for a machine that is busy.
  expect(Math.min(...ratios)).toBeLessThan(8);
});
