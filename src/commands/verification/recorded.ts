import type { Field } from "../../answers/fields.js";
import type { ResourceNames } from "../../answers/resource.js";
import { listAt } from "../../contract/json.js";
import type { Recorded } from "../../contract/surface.js";
import { recordedResource } from "../../plan/describe.js";
import type { ProjectRecord } from "../../plan/record.js";

/** What a project's record adds to its document: optional parts, and where references lead. */
export function readRecorded(record: ProjectRecord): Recorded {
  const features = listAt(record, "answers", "features").map(String);
  const resources = record.resources.map(recordedResource);
  const named = new Map(resources.map(({ names }) => [names.singular.pascal, names]));
  const parents = resources.flatMap(({ names, fields }) =>
    fields.flatMap((field): readonly (readonly [string, string])[] => {
      const parent = "model" in field.type ? named.get(field.type.model) : undefined;
      if (parent === undefined) return [];
      return [[`/${names.plural.kebab} ${memberOf(field, parent)}`, `/${parent.plural.kebab}`]];
    }),
  );
  return { features, parents: new Map(parents) };
}

/** How a reference is called in bodies. */
function memberOf({ name, type }: Field, parent: ResourceNames): string {
  if (type.kind === "ref") return `${name}_id`;
  return `${name === parent.plural.snake ? parent.singular.snake : name}_ids`;
}
