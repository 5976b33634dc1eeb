import type { ResourceStack } from "../resource.js";
import type { Site } from "../stack.js";
import { history } from "./history.js";
import { registriesOf } from "./registries.js";
import { dropMigration, files, migrationPath, routerModules } from "./resource/files.js";
import { shapeOf } from "./resource/shape.js";
import { tablesOf } from "./resource/tables.js";
import { tidy } from "./resource/tidy.js";
import { reservedFields, reservedNames, reservedTables } from "./resource/words.js";
import { alembic, install } from "./steps.js";

/** What FastAPI projects know about resources. */
export const resources: ResourceStack = {
  reservedNames,
  reservedTables,
  reservedFields,
  tables: tablesOf,
  registries: registriesOf((subject) => routerModules(shapeOf(subject))),
  history,
  waste: ["__pycache__"],
  files,
  finish: tidy,
  migrationPath,
  dropMigration,
  migrate: (site: Site) => [alembic(["upgrade", "head"], site, "Run the migration")],
  current: (site: Site) => alembic(["current"], site, "Look at the database"),
  isCurrent: (stdout, revision) => stdout.split(/\s+/u).includes(revision),
  install: (site: Site) => install({ installer: "auto" }, site),
};
