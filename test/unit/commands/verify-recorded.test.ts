import { describe, expect, it } from "vitest";

import { readRecorded } from "../../../src/commands/verification/recorded.js";

const RECORD = {
  ...{ generator: { name: "create-secure-api", version: "1.0.0" }, stack: "fastapi", files: {} },
  answers: { features: ["email"] },
  resources: [
    { name: "Person", plural: "people", fields: ["boss:ref(Person)?"] },
    {
      name: "BlogPost",
      plural: "blog_posts",
      fields: ["author:ref(Person)", "people:refs(Person)"],
    },
    { name: "Note", plural: "notes", fields: ["text:text", "readers:refs(Person)"] },
  ].map((one) => ({ ...one, flags: [], files: [], migration: { path: "", revision: "" } })),
};

describe("the record of a project", () => {
  it("says where references lead, whatever they are called", () => {
    const { features, parents } = readRecorded(RECORD);
    expect(features).toEqual(["email"]);
    expect(Object.fromEntries(parents)).toEqual({
      "/people boss_id": "/people",
      "/blog-posts author_id": "/people",
      "/blog-posts person_ids": "/people",
      "/notes readers_ids": "/people",
    });
  });
});
