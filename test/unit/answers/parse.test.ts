import { describe, expect, it } from "vitest";

import type { ListOption } from "../../../src/answers/options.js";
import { parseAnswer, parseConfig } from "../../../src/answers/parse.js";
import { configSchema } from "../../../src/answers/schema.js";
import { options } from "../../../src/stacks/registry.js";
import { containing } from "../support.js";

const features: ListOption = {
  kind: "list",
  flag: "features",
  choices: ["uploads", "email", "two-factor"],
  default: ["uploads", "email"],
  summary: "",
  part: "project",
};

describe("a list", () => {
  it.each([
    ["none", []],
    ["", []],
    ["email", ["email"]],
    [" two-factor , uploads,uploads", ["uploads", "two-factor"]],
    [
      ["email", "uploads"],
      ["uploads", "email"],
    ],
    [[], []],
  ])("%j -> %j, in the order of the table", (value, expected) => {
    expect(parseAnswer(features, { value, origin: "--features" })).toEqual(expected);
  });

  it("an unknown item is named, with what there is", () => {
    const parse = (): unknown =>
      parseAnswer(features, { value: "email,sms", origin: "--features" });
    expect(parse).toThrow('"sms" is not a value of --features.');
    expect(parse).toThrow(expect.objectContaining({ exitCode: 2, hint: containing("two-factor") }));
  });

  it("is either none or some", () => {
    const parse = (): unknown =>
      parseAnswer(features, { value: "none,uploads", origin: "--features" });
    expect(parse).toThrow(
      expect.objectContaining({ exitCode: 2, hint: containing("either none") }),
    );
  });

  it("of nothing takes none and refuses the rest", () => {
    const empty = { ...features, choices: [] };
    expect(parseAnswer(empty, { value: "none", origin: "--features" })).toEqual([]);
    expect(() => parseAnswer(empty, { value: "uploads", origin: "--features" })).toThrow("uploads");
  });
});

describe("a configuration file", () => {
  it("gives the answers of its keys, spelt like the option or like the flag", () => {
    const config = {
      $schema: "x",
      "admin-email": "a@b.io",
      databaseUrl: "postgresql://h/d",
      docker: false,
      features: [],
    };
    expect(parseConfig(options, config, "answers.json")).toEqual({
      adminEmail: "a@b.io",
      databaseUrl: "postgresql://h/d",
      docker: false,
      features: [],
    });
  });

  it.each([
    [[], "config.invalid"],
    ["x", "config.invalid"],
    [null, "config.invalid"],
    [{ databse: "sqlite" }, "config.unknown-key"],
    [{ __proto__x: 1 }, "config.unknown-key"],
    [Object.fromEntries([["__proto__", { database: "postgres" }]]), "config.unknown-key"],
    [{ constructor: "x" }, "config.unknown-key"],
    [{ database: "oracle" }, "database.invalid"],
    [{ database: 1 }, "database.invalid"],
    [{ docker: "no" }, "docker.invalid"],
    [{ features: { a: 1 } }, "features.invalid"],
    [{ adminEmail: null }, "admin-email.invalid"],
    [{ adminEmail: "a@b.io", "admin-email": "c@d.io" }, "config.twice"],
    [{ "database-url": "postgresql://h/d", databaseUrl: "postgresql://h/d" }, "config.twice"],
    [{ adminEmail: "nobody" }, "email.invalid"],
  ])("%j is refused as %s", (config: unknown, code) => {
    expect(() => parseConfig(options, config, "answers.json")).toThrow(
      expect.objectContaining({ code, exitCode: 2 }),
    );
  });

  it("has a schema that says of a switch what true means", () => {
    const off = ["docker", "install", "migrate", "git"] as const;
    for (const key of off) {
      const row = options[key];
      expect(configSchema(options)).toHaveProperty(["properties", key], {
        type: "boolean",
        default: true,
        description: row.means,
      });
      expect(row.means).not.toMatch(/\b(?:do not|leave out)\b/u);
    }
  });

  it("has a schema that takes a list in every form that is read", () => {
    const schema = configSchema({ features });
    expect(schema).toHaveProperty(
      ["properties", "features", "anyOf"],
      [
        {
          type: "array",
          items: { enum: ["uploads", "email", "two-factor"] },
          uniqueItems: true,
        },
        { const: ["none"] },
        {
          type: "string",
          pattern:
            "^ *(?:none|(?:uploads|email|two-factor)(?: *, *(?:uploads|email|two-factor))*)? *$",
        },
      ],
    );
  });

  it("has a schema that knows every option", () => {
    const schema = configSchema(options);
    expect(schema).toMatchObject({ additionalProperties: false });
    for (const key of Object.keys(options)) {
      expect(schema).toHaveProperty(["properties", key, "description"]);
    }
  });
});
