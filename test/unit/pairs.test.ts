import { describe, expect, it } from "vitest";

import { options } from "../../src/stacks/registry.js";
import { answersOf, coveringRows, factors, pairsOf } from "./pairs.js";

const rows = coveringRows(options);

describe("the combinations that are installed and attacked", () => {
  it("hold every value of every option that shapes files", () => {
    for (const [key, values] of factors(options)) {
      const tried = new Set(rows.map((row) => row.get(key)));
      expect([...tried].sort(), key).toEqual([...values].sort());
    }
  });

  it("hold every two values together", () => {
    const met = new Set(rows.flatMap(pairsOf));
    const all = [...factors(options)];
    const wanted = all.flatMap(([one, values], index) =>
      all.slice(index + 1).flatMap(([other, others]) =>
        values.flatMap((a) =>
          others.flatMap((b) =>
            pairsOf(
              new Map([
                [one, a],
                [other, b],
              ]),
            ),
          ),
        ),
      ),
    );
    expect(wanted.filter((pair) => !met.has(pair))).toEqual([]);
  });

  it("are few: two for each option at the most", () => {
    expect(rows.length).toBeLessThanOrEqual(2 * factors(options).size);
  });

  it("name answers that the options know", () => {
    for (const row of rows) {
      const answers = answersOf(options, row);
      expect(Object.keys(answers)).toEqual(["database", "features", "docker", "ci"]);
    }
  });
});
