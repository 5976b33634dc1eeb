import type { View } from "../../stack.js";
import { actorsOf } from "./actors.js";
import { readName } from "./queries.js";
import { type Column, type Shape, targetOf } from "./shape.js";

function param(isThere: boolean): string {
  return isThere ? ", actor: Caller" : "";
}

/** What the template of the service says. */
export function serviceView(shape: Shape): View {
  const { one, Class, prose, some, many, table, isOwned, resource } = shape;
  const { publicRead, auditReads } = resource.flags;
  const actors = actorsOf(shape);
  const targets = [...shape.references, ...shape.links].map(
    (column) => targetOf(column).names.singular.pascal,
  );
  const why = "# Somebody else's is not found either: a 403 would confirm that it exists.";
  return {
    one,
    Class,
    prose,
    some,
    many,
    table,
    read: readName(shape),
    modelNames: [...new Set([...targets, Class])].join(", "),
    reader: actors.isOpen && actors.reads ? ", reader: Caller | None" : param(actors.reads),
    readBy: actors.isOpen ? "reader" : "actor",
    readById: actors.isOpen ? "reader.id if reader else None" : "actor.id",
    readByType: actors.isOpen ? "reader: Caller | None" : "actor: Caller",
    writer: param(actors.writes),
    owner: param(actors.owns),
    ownerArg: actors.owns ? ", actor" : "",
    readOwner: isOwned && !publicRead ? ", owner_id=actor.id" : "",
    writeOwner: isOwned ? ", owner_id=actor.id" : "",
    whyNotFound: isOwned && !publicRead ? [why] : [],
    auditReads,
    shownId: `{${one}.id}`,
    references: referencesOf(shape),
    createBody: createBody(shape),
    updateBody: updateBody(shape),
    checked: checkedLines(shape),
  };
}

/** Where references lead, and links where they are too many for a passage each. */
function referencesOf({ references, links }: Shape): readonly string[] {
  const known = references.map(
    (column) => `"${column.name}": ${targetOf(column).names.singular.pascal}`,
  );
  const linked = links.map(
    (link) => `"${link.name}": ("${link.field.name}", ${targetOf(link).names.singular.pascal})`,
  );
  const lines = [
    ...(known.length > 0 ? [`REFERENCES = {${known.join(", ")}}`] : []),
    ...(links.length > FEW_LINKS
      ? [`LINKS: dict[str, tuple[str, type[Record]]] = {${linked.join(", ")}}`]
      : []),
  ];
  return lines.length === 0 ? [] : [...lines, ""];
}

function isChecked({ references, links }: Shape): boolean {
  return references.length + links.length > 0;
}

function createBody(shape: Shape): readonly string[] {
  const { Class, isOwned } = shape;
  const room = isOwned ? [`await require_room(session, ${Class}, owner_id=actor.id)`] : [];
  const owner = isOwned ? "owner_id=actor.id, " : "";
  if (!isChecked(shape)) {
    return [...room, `return await crud.add(session, ${Class}(${owner}**data.model_dump()))`];
  }
  return [
    ...room,
    "values = await _checked(session, actor, data.model_dump())",
    `return await crud.add(session, ${Class}(${owner}**values))`,
  ];
}

function updateBody(shape: Shape): readonly string[] {
  const { one } = shape;
  if (!isChecked(shape)) {
    return [
      "changes = data.model_dump(exclude_unset=True)",
      `return await crud.change(session, ${one}, changes)`,
    ];
  }
  return [
    "changes = await _checked(session, actor, data.model_dump(exclude_unset=True))",
    `return await crud.change(session, ${one}, changes)`,
  ];
}

/** More of them are one loop over a table. */
const FEW_LINKS = 2;
const LINKED = "# The links are in a table of their own; this row has changed all the same.";

function swap(column: Column): readonly string[] {
  const { name, field } = column;
  const Target = targetOf(column).names.singular.pascal;
  return [
    `    if "${name}" in values:`,
    `        ids = values.pop("${name}")`,
    `        values["${field.name}"] = await own_rows(session, ${Target}, "${name}", ids, owner_id=actor.id)`,
    `        ${LINKED}`,
    '        values["updated_at"] = utc_now()',
  ];
}

function swapAll(): readonly string[] {
  return [
    "    for name, (rows, model) in LINKS.items():",
    "        if name in values:",
    "            ids = values.pop(name)",
    "            values[rows] = await own_rows(session, model, name, ids, owner_id=actor.id)",
    `            ${LINKED}`,
    '            values["updated_at"] = utc_now()',
  ];
}

function checkedLines(shape: Shape): readonly string[] {
  if (!isChecked(shape)) return [];
  const { references, links } = shape;
  const check = "    await require_own(session, REFERENCES, values, owner_id=actor.id)";
  return [
    "",
    "",
    "async def _checked(session: AsyncSession, actor: Caller, values: dict[str, Any]) -> dict[str, Any]:",
    '    """Refuse references to rows that are not the caller\'s own."""',
    ...(references.length > 0 ? [check] : []),
    ...(links.length > FEW_LINKS ? swapAll() : links.flatMap(swap)),
    "    return values",
  ];
}
