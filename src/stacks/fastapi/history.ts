import type { History } from "../resource.js";

const VERSIONS = "alembic/versions";
/** What may stand around the value: an annotation, and a comment. */
const REVISION = /^revision(?:\s*:[^=\n]+)?\s*=\s*["']([^"'\n]+)["'][ \t]*(?:#.*)?$/mu;
const PARENTS =
  /^down_revision(?:\s*:[^=\n]+)?\s*=\s*(None|["'][^"'\n]+["']|\([^)]*\)|\[[^\]]*\])[ \t]*(?:#.*)?$/mu;
const PARENT = /["']([^"'\n]+)["']/gu;
const COMMENT = /#.*$/gmu;

/** The migrations of a project, as its files tell. Asking Alembic would take a second, and an installation. */
export const history: History = {
  folder: VERSIONS,
  isMigration: (name) => name.endsWith(".py") && !/^(?:\.#|__init__)/u.test(name),
  read: (text) => {
    const id = REVISION.exec(text)?.[1];
    const parents = PARENTS.exec(text)?.[1];
    if (id === undefined || parents === undefined) return undefined;
    const named = parents.replaceAll(COMMENT, "").matchAll(PARENT);
    return { id, parents: [...named].map(([, one = ""]) => one) };
  },
  severalHeads: (heads) =>
    heads.length === 0
      ? {
          code: "migrations.none",
          message: `"${VERSIONS}" holds no migration that a new one could follow.`,
          hint: "Bring the project's migrations back, as from its repository. Nothing was written.",
        }
      : {
          code: "migrations.heads",
          message: `The migrations end in ${heads.length} heads: ${heads.join(", ")}.`,
          hint: 'Join them first: .venv/bin/python -m alembic merge -m "join" heads',
        },
  unreadable: (path) => ({
    code: "migrations.unreadable",
    message: `"${path}" does not say its revision and down_revision in lines of their own.`,
    hint: "Write them as other migrations do, or look what is wrong: .venv/bin/python -m alembic history",
  }),
  lost: (path, parent) => ({
    code: "migrations.lost",
    message: `"${path}" follows the migration "${parent}", which is not in ${VERSIONS}.`,
    hint: "Bring that one back, as from the project's repository, or let this one follow another.",
  }),
  twice: (id, paths) => ({
    code: "migrations.twice",
    message: `"${paths[0]}" and "${paths[1]}" are both the migration "${id}".`,
    hint: "Take one of them away, or give it a revision of its own.",
  }),
};
