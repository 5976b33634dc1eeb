import type { Option, OptionTable } from "./options.js";

/** The JSON Schema of a configuration file, derived from the options. */
export function configSchema(table: OptionTable): object {
  const properties = Object.entries(table).map(([key, row]) => [key, property(row)] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Answers for create-secure-api --config",
    type: "object",
    additionalProperties: false,
    properties: { $schema: { type: "string" }, ...Object.fromEntries(properties) },
  };
}

function property(row: Option): object {
  const description = row.summary;
  switch (row.kind) {
    case "switch":
      return { type: "boolean", default: row.default, description: row.means ?? description };
    case "choice":
      return { enum: row.choices, default: row.default, description };
    case "list":
      return { anyOf: listForms(row.choices), default: row.default, description };
    case "text":
      return {
        type: "string",
        ...(row.default !== undefined && { default: row.default }),
        description,
      };
  }
}

/** A list as such, the word for an empty one, and what is typed after the flag. */
function listForms(choices: readonly string[]): readonly object[] {
  const one = `(?:${choices.join("|")})`;
  const some = choices.length === 0 ? "none" : `none|${one}(?: *, *${one})*`;
  const items = choices.length === 0 ? false : { enum: choices };
  return [
    { type: "array", items, uniqueItems: true },
    { const: ["none"] },
    { type: "string", pattern: `^ *(?:${some})? *$` },
  ];
}
