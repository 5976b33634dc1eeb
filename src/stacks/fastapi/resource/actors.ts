import type { Shape } from "./shape.js";

/** Which functions need to know who asks. */
export interface Actors {
  /** Whoever reads is asked for: to find their own rows, or to record that they read. */
  readonly reads: boolean;
  /** Nobody has to sign in to read. */
  readonly isOpen: boolean;
  /** Whoever changes a row has to be its owner. */
  readonly owns: boolean;
  /** Whoever writes values: their own row, or references to their own rows. */
  readonly writes: boolean;
}

/** Whom the functions of a resource ask for. */
export function actorsOf({ isOwned, resource, all }: Shape): Actors {
  const { publicRead, auditReads } = resource.flags;
  return {
    reads: (isOwned && !publicRead) || auditReads,
    isOpen: publicRead,
    owns: isOwned,
    writes: isOwned || all.some(({ target }) => target !== undefined),
  };
}

/** Who reads, as a parameter of a route: where nobody has to sign in, it may be nobody. */
export function readerParam(isOpen: boolean): string {
  return isOpen ? "reader: Reader, " : "user: CurrentUser, ";
}

/** The same, handed on to where it is asked for. */
export function readerArg(isOpen: boolean, { reads }: Actors): string {
  if (!reads) return "";
  return isOpen ? ", reader" : ", user";
}
