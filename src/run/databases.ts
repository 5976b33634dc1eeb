import type { Inspector, Row, Stored, Where } from "../contract/inspector.js";
import type { Dialogue } from "./dialogue.js";

/** Makes databases, looks into them, and takes them away again. */
export class Databases {
  readonly #dialogue: Dialogue;
  /** Where databases are made: a server, or a file in the folder that is to hold them. */
  readonly #server: string;
  readonly #mark: string;
  readonly #names: string[] = [];

  constructor(dialogue: Dialogue, server: string, mark: string) {
    this.#dialogue = dialogue;
    this.#server = server;
    this.#mark = mark;
  }

  /** A new database, empty or a copy of another one that nobody uses; answers its address. */
  async make(template?: string): Promise<string> {
    const name = `verify_${this.#mark}_${this.#names.length + 1}`;
    this.#names.push(name);
    return String(await this.#dialogue.ask({ do: "make", url: this.#server, name, template }));
  }

  async dropAll(): Promise<void> {
    for (const name of this.#names.splice(0)) {
      await this.#dialogue.ask({ do: "drop", url: this.#server, name });
    }
  }

  /** A second connection to a database. */
  inspector(url: string): Inspector {
    const ask = (work: string, more: object = {}): Promise<unknown> =>
      this.#dialogue.ask({ do: work, url, ...more });
    const number = async (work: string, more: object): Promise<number> =>
      Number(await ask(work, more));
    const nothing = async (work: string, more: object = {}): Promise<void> => {
      await ask(work, more);
    };
    return {
      rows: async (table, where = {}) => rowsOf(await ask("rows", { table, where })),
      update: (table, where, values) => number("update", { table, where, values }),
      age: (table, where: Where, ageing) => number("age", { table, where, ...ageing }),
      insert: (table, values) => number("insert", { table, values }),
      remove: (table, where) => number("remove", { table, where }),
      rename: (table, to) => nothing("rename", { table, to }),
      tables: async () => textsOf(await ask("tables")),
      dump: async () => String(await ask("dump")),
      disarm: () => nothing("disarm"),
      lock: async (table, where) => {
        const lock = await number("lock", { table, where });
        return () => nothing("unlock", { lock });
      },
      oldHash: async (password, kind) => String(await ask("oldHash", { password, kind })),
    };
  }
}

function rowsOf(result: unknown): readonly Row[] {
  const rows: readonly unknown[] = Array.isArray(result) ? result : [];
  return rows.map((row) => {
    const entries: readonly [string, unknown][] = Object.entries(row ?? {});
    return Object.fromEntries(entries.map(([name, value]) => [name, stored(value)]));
  });
}

function stored(value: unknown): Stored {
  const isPlain =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain ? value : null;
}

function textsOf(result: unknown): readonly string[] {
  return Array.isArray(result) ? result.map(String) : [];
}
