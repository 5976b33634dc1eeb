import type { View } from "../../stack.js";
import { actorsOf, readerArg, readerParam } from "./actors.js";
import { type Column, type Shape, shapeOf, targetOf } from "./shape.js";

/** A list under the row that its rows refer to. */
export interface Child {
  readonly column: Column;
  readonly parent: Shape;
  readonly path: string;
  /** `customer_invoices` */
  readonly module: string;
}

export function childrenOf(shape: Shape): readonly Child[] {
  if (!shape.resource.flags.children) return [];
  return shape.references
    .filter(({ field }) => !field.isPrivate)
    .map((column) => {
      const target = targetOf(column);
      // Its own references do not matter here.
      const parent = shapeOf({ resource: { ...target, fields: [] }, resources: new Map() });
      const { one } = parent;
      const isPlain = column.field.name === one && one !== shape.one;
      const list = isPlain
        ? shape.path.slice(1)
        : `${column.field.name.replaceAll("_", "-")}-${shape.path.slice(1)}`;
      return {
        column,
        parent,
        path: `${parent.path}/{${one}_id}/${list}`,
        module: `${one}_${list.replaceAll("-", "_")}`,
      };
    });
}

/** What the template of such a list says. */
export function childView(shape: Shape, { column, parent, path, module }: Child): View {
  const [own, above] = [actorsOf(shape), actorsOf(parent)];
  // Open to everybody where both its rows and the row above are.
  const isOpen = own.isOpen && above.isOpen;
  const audits = shape.resource.flags.auditReads || parent.resource.flags.auditReads;
  return {
    one: shape.one,
    Class: shape.Class,
    many: shape.many,
    proses: shape.proses,
    parent: parent.one,
    parentProse: parent.prose,
    routeClass: isOpen ? "PublicReadRoute" : "SecureRoute",
    user: !isOpen || own.reads || above.reads ? readerParam(isOpen) : "",
    pageOf: isOpen ? "None" : "user",
    parentReaderArg: readerArg(isOpen, above),
    readerArg: readerArg(isOpen, own),
    readSession: audits ? "SessionDep" : "ReadSessionDep",
    column: column.name,
    childPath: path,
    childModule: module,
  };
}
