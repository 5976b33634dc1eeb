import type { View } from "../../stack.js";
import type { Shape } from "./shape.js";

const LIVE = "deleted_at.is_(None)";

/** What the template of the queries says. */
export function crudView(shape: Shape): View {
  const { one, Class, isOwned, resource, proses } = shape;
  const { publicRead, softDelete } = resource.flags;
  const isMine = isOwned && !publicRead;
  const owner = [`${Class}.owner_id == owner_id`];
  const live = softDelete ? [`${Class}.${LIVE}`] : [];
  const id = [`${Class}.id == ${one}_id`];
  const read = [...(isMine ? owner : []), ...live];
  return {
    one,
    Class,
    proses,
    crudRule: crudRule(shape),
    read: readName(shape),
    found: isOwned ? "mine" : "found",
    readOwnerParam: isMine ? ", *, owner_id: UUID" : "",
    ownerParam: isOwned ? ", *, owner_id: UUID" : "",
    readOne: [...id, ...read].join(", "),
    writeOne: [...id, ...(isOwned ? owner : []), ...live].join(", "),
    readMany: read.map((condition) => `${condition}, `).join(""),
    flushUnique: hasUnique(shape)
      ? [`with unique_fields(${Class}):`, "    await session.flush()"]
      : ["await session.flush()"],
    remove: softDelete
      ? [`await detach(session, ${one})`, `${one}.deleted_at = utc_now()`, "await session.flush()"]
      : [`await session.delete(${one})`, "with unreferenced():", "    await session.flush()"],
  };
}

function hasUnique({ columns }: Shape): boolean {
  return columns.some(({ field }) => field.unique !== false);
}

function crudRule({ isOwned, resource }: Shape): string {
  if (!isOwned) return ", which belong to nobody in particular";
  return resource.flags.publicRead
    ? "; to write one takes its owner"
    : "; every one names the owner";
}

/** Rows that everybody may read are shown; a `get` of owned rows asks for the owner. */
export function readName({ isOwned, resource }: Shape): string {
  return isOwned && resource.flags.publicRead ? "show" : "get";
}
