import { parseFields } from "../../src/answers/fields.js";
import { type Resource, spellResource, USUAL_FLAGS } from "../../src/answers/resource.js";
import { resourceStack } from "../../src/stacks/resources.js";

/** What the templates of resources are rendered with: all kinds of fields and none, one flag at a time. */
export const resourceViews = [
  {},
  ...Object.keys(USUAL_FLAGS).map((flag) => ({ [flag]: true })),
].flatMap((flags) => {
  const fields = [
    ...["a:string:unique", "b:html?", "c:int=1", "d:encrypted:private", "e:json", "f:encrypted"],
    ...["other:ref(Other)", "self:ref(Thing)?", "others:refs(Other)", "g:string=x", "hash:int"],
  ];
  const one = (name: string, words: readonly string[]): Resource => ({
    names: spellResource(name),
    fields: parseFields(words, []).fields,
    flags: { ...USUAL_FLAGS, children: true, ...flags },
  });
  const known = [one("Thing", fields), one("Other", ["a:string"])];
  const resources = new Map(known.map((resource) => [resource.names.singular.pascal, resource]));
  const migration = { revision: "b", parent: "a", writtenAt: "2026-02-01T00:01:00.000Z" };
  return known.flatMap((resource) => {
    const request = { resource, resources, answers: {}, migration };
    return [...resourceStack.files(request), resourceStack.dropMigration(request)];
  });
});
