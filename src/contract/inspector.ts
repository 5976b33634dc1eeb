/** A stored value, as JSON can say it: ids as text with dashes, times in ISO 8601. */
export type Stored = string | number | boolean | null;

export type Row = Readonly<Record<string, Stored>>;

/** Columns that must be equal; none: every row. */
export type Where = Readonly<Record<string, Stored>>;

/** Tables of the contract, which every stack names alike. */
export type Table = string;

/** How a password is stored by a system that came before. */
export type OldHash = "argon2id" | "bcrypt";

/**
 * A second connection to the project's database: it sees only what was committed, and changes what no request
 * may change. Each stack brings a program that answers these.
 */
export interface Inspector {
  readonly rows: (table: Table, where?: Where) => Promise<readonly Row[]>;
  /** Answers how many rows were changed. */
  readonly update: (table: Table, where: Where, values: Row) => Promise<number>;
  /** Move times into the past (or, below zero, into the future); empty ones stay empty. */
  readonly age: (table: Table, where: Where, ageing: Ageing) => Promise<number>;
  readonly insert: (table: Table, values: Row) => Promise<number>;
  readonly remove: (table: Table, where: Where) => Promise<number>;
  readonly rename: (table: Table, to: Table) => Promise<void>;
  readonly tables: () => Promise<readonly Table[]>;
  /** Every row of every table as text, to look for what must not be there. */
  readonly dump: () => Promise<string>;
  /** Take the triggers away that guard the audit log, as the database's owner can. */
  readonly disarm: () => Promise<void>;
  /** Hold a lock on rows until the answer is called. On a database of one writer: the write lock. */
  readonly lock: (table: Table, where: Where) => Promise<() => Promise<void>>;
  readonly oldHash: (password: string, kind: OldHash) => Promise<string>;
}

/** Which times, and by how much. */
export interface Ageing {
  readonly columns: readonly string[];
  readonly seconds: number;
}
