import type { ResourceFile, ResourceRequest } from "../../resource.js";
import type { View } from "../../stack.js";
import { childrenOf, childView } from "./children.js";
import { migrationView } from "./migration.js";
import { modelView } from "./model.js";
import { crudView } from "./queries.js";
import { routerView } from "./routes.js";
import { schemasView } from "./schemas.js";
import { serviceView } from "./service.js";
import { type Shape, shapeOf } from "./shape.js";
import { testFiles } from "./tests.js";

type Request = Omit<ResourceRequest, "answers">;

/** Every file of a resource. */
export function files(request: Request): readonly ResourceFile[] {
  const shape = shapeOf(request);
  const { one, many } = shape;
  return [
    { from: "model.py.hbs", to: `app/models/${one}.py`, view: modelView(shape) },
    { from: "schemas.py.hbs", to: `app/schemas/${one}.py`, view: schemasView(shape) },
    { from: "crud.py.hbs", to: `app/crud/${one}.py`, view: crudView(shape) },
    { from: "service.py.hbs", to: `app/services/${one}.py`, view: serviceView(shape) },
    { from: "router.py.hbs", to: `app/api/v1/${many}.py`, view: routerView(shape) },
    ...childrenOf(shape).map((child) => ({
      from: "child_router.py.hbs",
      to: `app/api/v1/${child.module}.py`,
      view: childView(shape, child),
    })),
    migrationFile(request, "create"),
    ...testFiles(shape, request),
  ];
}

/** Where the migration of `files` goes. */
export function migrationPath(request: Request): string {
  return migrationFile(request, "create").to;
}

/** The migration that takes the table away, and brings it back without its rows. */
export function dropMigration(request: Request): ResourceFile {
  return migrationFile(request, "drop");
}

function migrationFile(request: Request, verb: "create" | "drop"): ResourceFile {
  const shape = shapeOf(request);
  const { migration } = request;
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u.exec(migration.writtenAt) ?? [];
  const stamp = `${year}${month}${day}_${hour}${minute}`;
  const view: View = migrationView(shape, migration);
  return {
    from: verb === "create" ? "migration.py.hbs" : "drop_migration.py.hbs",
    to: `alembic/versions/${stamp}_${verb}_${shape.many}.py`,
    view,
  };
}

/** The modules of its routers, for the registry. */
export function routerModules(shape: Shape): readonly string[] {
  return [shape.many, ...childrenOf(shape).map(({ module }) => module)];
}
