import { describe, expect, it } from "vitest";

import {
  isForAdministrators,
  isPublicReading,
  resourcesOf,
  resourceShownBy,
  surfaceOf,
} from "../../../src/contract/surface.js";

type Security = readonly Readonly<Record<string, readonly string[]>>[];
const USERS: Security = [{ bearer: [] }];
const ADMINISTRATORS: Security = [{ bearer: ["admin"] }, { "api-key": ["write"] }];

function operation(answer: string, security?: Security): object {
  const schema = { $ref: `#/components/schemas/${answer}` };
  const body = { $ref: "#/components/schemas/Body" };
  return {
    ...(security === undefined ? {} : { security }),
    requestBody: { content: { "application/json": { schema: body } } },
    responses: { 200: { content: { "application/json": { schema } } } },
  };
}

/** A list, its rows, and a list of them below another resource. */
function resource(name: string, reading: Security | undefined, writing: Security | undefined) {
  const read = { get: operation(`Page_${name}`, reading) };
  return {
    [`/api/v1/${name}`]: { ...read, post: operation(name, writing) },
    [`/api/v1/${name}/{id}`]: {
      get: operation(name, reading),
      patch: operation(name, writing),
    },
    [`/api/v1/parents/{id}/${name}`]: read,
  };
}

function schemas(name: string): object {
  const row = { $ref: `#/components/schemas/${name}` };
  return {
    [name]: { type: "object", properties: { secret: { type: "string" } } },
    [`Page_${name}`]: { properties: { items: { type: "array", items: row } } },
  };
}

const surface = surfaceOf({
  paths: {
    ...resource("notes", USERS, USERS),
    ...resource("tags", USERS, ADMINISTRATORS),
    ...resource("articles", undefined, USERS),
    ...resource("leaks", undefined, undefined),
    "/api/v1/users": { get: operation("UserOut", ADMINISTRATORS) },
    "/api/v1/notes/{id}/public": { get: operation("notes") },
  },
  components: {
    schemas: {
      ...["notes", "tags", "articles", "leaks"].map(schemas).reduce((a, b) => ({ ...a, ...b })),
      Body: {},
    },
  },
});

describe("who has rows of a resource, as the document says", () => {
  it.each([
    ["/notes", { isShared: false, isPublic: false }],
    ["/tags", { isShared: true, isPublic: false }],
    ["/articles", { isShared: false, isPublic: true }],
    ["/leaks", { isShared: false, isPublic: false }],
  ])("%s", (path, wanted) => {
    expect(resourcesOf(surface).find((one) => one.path === path)).toMatchObject(wanted);
  });
});

describe("operations, as the document says", () => {
  const named = (wanted: (one: (typeof surface.operations)[number]) => boolean) =>
    surface.operations.filter(wanted).map(({ method, path }) => `${method} ${path}`);

  it("are for administrators where that role stands with the way in", () => {
    expect(named(isForAdministrators)).toEqual([
      "POST /api/v1/tags",
      "PATCH /api/v1/tags/{id}",
      "GET /api/v1/users",
    ]);
  });

  it("are open to everybody where a resource is that has no open way to write", () => {
    expect(named((one) => isPublicReading(surface, one))).toEqual([
      "GET /api/v1/articles",
      "GET /api/v1/articles/{id}",
      "GET /api/v1/parents/{id}/articles",
    ]);
  });

  it("show rows of a resource, one or many", () => {
    expect(named((one) => resourceShownBy(surface, one)?.path === "/tags")).toEqual([
      "GET /api/v1/tags",
      "POST /api/v1/tags",
      "GET /api/v1/tags/{id}",
      "PATCH /api/v1/tags/{id}",
      "GET /api/v1/parents/{id}/tags",
    ]);
  });
});
