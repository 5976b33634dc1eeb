import type { Check } from "../../check.js";

const FLOORS = { memory: 19_456, passes: 2 } as const;

/** How passwords are kept. */
export const storageChecks: readonly Check[] = [
  {
    id: "AUTH-14",
    needs: "inspector",
    fix: "Hash with Argon2id, a random salt, and at least 19 MiB and two passes (OWASP ASVS, appendix C).",
    run: async (t) => {
      const { password } = t.people.invent();
      const hashes: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        const account = await t.people.enrol({ ...t.people.invent(), password });
        const [row] = await t.inspector.rows("users", { email: account.email });
        hashes.push(String(row?.hashed_password));
      }
      const [first = "", second = ""] = hashes;
      const read = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(first);
      t.holds("a password is stored as an Argon2id hash", read !== null, {
        expected: "$argon2id$v=19$m=...",
        observed: first.slice(0, 32),
      });
      const [memory, passes] = [Number(read?.[1]), Number(read?.[2])];
      t.holds(
        "it costs what guessing has to cost",
        memory >= FLOORS.memory && passes >= FLOORS.passes,
        {
          expected: `m >= ${FLOORS.memory} and t >= ${FLOORS.passes}`,
          observed: `m=${memory}, t=${passes}`,
        },
      );
      t.holds("two people with one password have different hashes", first !== second, {
        expected: "two hashes that differ",
        observed: first === second ? "one hash twice" : "two hashes",
      });
    },
  },
];
