import type { Inspector } from "./inspector.js";
import type { Endpoint } from "./wire.js";

/** The project's settings by name, as the design lists them; undefined or empty: not set. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** How a program of the project ended. */
export interface Ending {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Both streams. */
  readonly output: string;
}

/** A server of the project that runs, with a database behind it. */
export interface Instance {
  readonly endpoint: Endpoint;
  /** All its settings, secrets included. */
  readonly settings: Settings;
  readonly inspector: Inspector;
  /** All that it has printed so far. */
  readonly log: () => string;
  /** End it as a power cut does. */
  readonly kill: () => Promise<void>;
  /** Start it again on the same port and the same database. */
  readonly start: () => Promise<void>;
  /** Whether it still takes connections: false once it has ended, whoever ended it. */
  readonly isRunning: () => Promise<boolean>;
}

/** What an extra server is started with. */
export interface Variation {
  /** Added to the settings of the profile. */
  readonly settings?: Settings;
  /** A database of its own instead of the profile's: for whoever breaks it. */
  readonly ownDatabase?: boolean;
  /** Not shared with other checks, even where they ask for the same: for whoever kills it. */
  readonly ownServer?: boolean;
}

/** One run of a program of the project. */
export interface Invocation {
  readonly settings?: Settings;
  readonly input?: string;
  readonly seconds?: number;
}

/** What the project's migration tool is asked for. */
export type Migrating = "newest" | "oldest" | "unchanged";

/** The project's files, in a copy that may be changed; paths are relative, with `/`. */
export interface Workspace {
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Every file with its size, without the installed dependencies. */
  readonly list: () => Promise<ReadonlyMap<string, number>>;
}

/** The project as the user has it, which is only looked at. */
export interface Original {
  readonly exists: (path: string) => Promise<boolean>;
  readonly read: (path: string) => Promise<string>;
  /** Permission bits, as in 0o600; undefined where the system has none. */
  readonly mode: (path: string) => Promise<number | undefined>;
  readonly git: (...words: readonly string[]) => Promise<Ending>;
}

/** Everything that can be done to a project that was booted here, and not to one at a URL. */
export interface Lab {
  /** Another server of the project; the same variation gives the same server. */
  readonly server: (variation: Variation) => Promise<Instance>;
  /** Start a server that is expected to refuse, and see how it ends. */
  readonly boot: (settings: Settings, seconds?: number) => Promise<Ending>;
  /** Run the project's own command line, on the profile's database unless settings say otherwise. */
  readonly cli: (words: readonly string[], invocation?: Invocation) => Promise<Ending>;
  /** Work of the project's migration tool: every migration, none, or a comparison with the models. */
  readonly migration: (work: Migrating, invocation?: Invocation) => Promise<Ending>;
  /** The settings that the profile's servers are started with. */
  readonly settings: Settings;
  /** The address of an empty database that is dropped at the end. */
  readonly emptyDatabase: () => Promise<string>;
  readonly workspace: Workspace;
  readonly original: Original;
}
