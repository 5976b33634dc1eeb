import { entriesOf, listAt, member, textAt } from "./json.js";

export const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** One operation of the project's OpenAPI document. */
export interface Operation {
  /** In capitals. */
  readonly method: string;
  /** As in `/api/v1/notes/{note_id}`. */
  readonly path: string;
  /** The document's own object, to look further. */
  readonly details: unknown;
}

/** What a project serves, as its own document and its record say. */
export interface Surface {
  /** The OpenAPI document; undefined where it is not to be had. */
  readonly document: unknown;
  /** Optional parts of the project, as in `uploads`. */
  readonly features: ReadonlySet<string>;
  readonly operations: readonly Operation[];
  /** Where references lead, as far as that is known: `/posts author_id` -> `/people`. */
  readonly parents: ReadonlyMap<string, string>;
}

/** What a project's record says of it. */
export type Recorded = Pick<Surface, "parents"> & { readonly features: readonly string[] };

/** A path that only a project with the feature has. */
const MARKS: Readonly<Record<string, string>> = {
  uploads: "/api/v1/files",
  email: "/api/v1/auth/forgot-password",
  "two-factor": "/api/v1/auth/two-factor",
  "api-keys": "/api/v1/api-keys",
  websocket: "/api/v1/ws/tickets",
};

/** Read a document; without one, the record's list of features has to do. */
export function surfaceOf(
  document: unknown,
  recorded: Recorded = { features: [], parents: new Map() },
): Surface {
  const paths = entriesOf(member(document, "paths"));
  const operations = paths.flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const details = member(item, method);
      return details === undefined ? [] : [{ method: method.toUpperCase(), path, details }];
    }),
  );
  const served = new Set(paths.map(([path]) => path));
  const features = Object.entries(MARKS).filter(([, path]) => served.has(path));
  const names = document === undefined ? recorded.features : features.map(([name]) => name);
  return { document, features: new Set(names), operations, parents: recorded.parents };
}

/** A generated resource: a list that can be read and added to, and rows that can be read by id. */
export interface Resource {
  /** As in `/notes`, below the prefix. */
  readonly path: string;
  /** As in `/notes/{note_id}`. */
  readonly itemPath: string;
  readonly methods: ReadonlySet<string>;
  /** The schema of the body that makes one, references resolved one level. */
  readonly createSchema: unknown;
  /** The schema of what is answered then. */
  readonly shownSchema: unknown;
  /** Administrators write, for everybody; otherwise everybody has rows of their own. */
  readonly isShared: boolean;
  /** Everybody reads, signed in or not. */
  readonly isPublic: boolean;
}

const NOT_RESOURCES = /^\/api\/v1\/(auth|users|audit-events|files|api-keys|ws)(\/|$)/;

/** Every generated resource. */
export function resourcesOf(surface: Surface): readonly Resource[] {
  return surface.operations
    .filter(({ method, path }) => method === "POST" && /^\/api\/v1\/[a-z0-9-]+$/.test(path))
    .filter(({ path }) => !NOT_RESOURCES.test(path))
    .flatMap(({ path, details }) => {
      const items = surface.operations.filter((other) => isItemOf(other.path, path));
      const [item] = items;
      if (item === undefined) return [];
      const list = surface.operations.find((one) => one.path === path && one.method === "GET");
      const making = { method: "POST", path, details };
      const prefix = "/api/v1".length;
      return [
        {
          path: path.slice(prefix),
          itemPath: item.path.slice(prefix),
          methods: new Set(items.map(({ method }) => method)),
          createSchema: resolve(surface.document, bodySchema(details)),
          shownSchema: answerSchema(making),
          isShared: isForAdministrators(making),
          // A route that lost its guard opens writing as well: that is no promise to readers.
          isPublic: list !== undefined && !isProtected(list) && isProtected(making),
        },
      ];
    });
}

/** The resource whose rows an operation answers with: one of them or a list, its own or a parent's. */
export function resourceShownBy(surface: Surface, operation: Operation): Resource | undefined {
  const shown = rowSchema(surface.document, answerSchema(operation));
  return shown === ""
    ? undefined
    : resourcesOf(surface).find(({ shownSchema }) => shown === textAt(shownSchema, "$ref"));
}

/** The reference to the schema of a row, in an answer that is one or a page of them. */
function rowSchema(document: unknown, schema: unknown): string {
  const items = member(resolve(document, schema), "properties", "items", "items");
  return textAt(items ?? schema, "$ref");
}

/** Reading what the document opens to everybody. */
export function isPublicReading(surface: Surface, operation: Operation): boolean {
  const isOpen = operation.method === "GET" && !isProtected(operation);
  return isOpen && resourceShownBy(surface, operation)?.isPublic === true;
}

function isItemOf(path: string, list: string): boolean {
  return (
    path.startsWith(`${list}/{`) && path.endsWith("}") && !path.slice(list.length + 1).includes("/")
  );
}

/** The JSON schema of an operation's body. */
export function bodySchema(details: unknown): unknown {
  return member(details, "requestBody", "content", "application/json", "schema");
}

/** The JSON schema of what an operation answers when all goes well. */
function answerSchema({ details }: Operation): unknown {
  const success = entriesOf(member(details, "responses")).find(([status]) =>
    status.startsWith("2"),
  );
  return member(success?.[1], "content", "application/json", "schema");
}

/** Follow a reference of the document to what it names. */
export function resolve(document: unknown, schema: unknown): unknown {
  const reference = textAt(schema, "$ref");
  return reference === "" ? schema : member(document, ...reference.slice(2).split("/"));
}

/** Whether the document says that an operation needs a credential. */
export function isProtected({ details }: Operation): boolean {
  return listAt(details, "security").length > 0;
}

/** Whether the document says that an operation is for administrators: the role stands with the way in. */
export function isForAdministrators({ details }: Operation): boolean {
  const ways = listAt(details, "security").flatMap(entriesOf);
  return ways.some(([, roles]) => Array.isArray(roles) && roles.includes("admin"));
}
