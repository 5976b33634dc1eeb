import { checkDirectory, checkEmail, checkPostgresUrl } from "./checks.js";
import type { Problem } from "../errors.js";

/** What one option may be answered with. */
export type Answer = string | boolean | readonly string[] | undefined;
export type AnswerRecord = Readonly<Record<string, Answer>>;

interface Common {
  /** Long flag without dashes. A switch that is on by default is offered as `--no-<flag>`. */
  readonly flag: string;
  readonly summary: string;
  /** The question on a terminal; an option without one is never asked. */
  readonly ask?: string;
  /** `project`: shapes the files, and is recorded in them. `run`: says what this run does. `private`: shapes files, never recorded. */
  readonly part: "project" | "run" | "private";
  /** The option means something only while another has this value. */
  readonly needs?: { readonly option: string; readonly value: string };
}

export interface TextOption extends Common {
  readonly kind: "text";
  readonly placeholder: string;
  readonly default: string | undefined;
  /** What is wrong with a value, if anything. */
  readonly check?: (value: string) => Problem | undefined;
  /** Positional instead of a flag, and required where nobody can be asked. */
  readonly positional?: true;
}

export interface ChoiceOption extends Common {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default: string;
}

/** Any number of the choices; `none` and the empty string are the empty list. */
export interface ListOption extends Common {
  readonly kind: "list";
  readonly choices: readonly string[];
  readonly default: readonly string[];
}

export interface SwitchOption extends Common {
  readonly kind: "switch";
  readonly default: boolean;
  /** What `true` says, where the summary is of the `false` that is typed. */
  readonly means?: string;
}

export type Option = TextOption | ChoiceOption | ListOption | SwitchOption;
export type OptionTable = Readonly<Record<string, Option>>;

type AnswerOf<Row extends Option> = Row extends { kind: "switch" }
  ? boolean
  : Row extends { kind: "list"; choices: readonly (infer Choice)[] }
    ? readonly Choice[]
    : Row extends { kind: "choice"; choices: readonly (infer Choice)[] }
      ? Choice
      : Row extends { default: string }
        ? string
        : string | undefined;

/** The answers that a table asks for, derived from its rows. */
export type AnswersOf<Table extends OptionTable> = {
  readonly [Key in keyof Table]: AnswerOf<Table[Key]>;
};

/** The optional parts that a project may have. */
export type FeatureId = "uploads" | "email" | "two-factor" | "api-keys" | "websocket";

/** Those that are built. */
const FEATURES: readonly FeatureId[] = ["uploads", "email", "two-factor", "api-keys", "websocket"];
const DEFAULT_FEATURES: readonly FeatureId[] = ["uploads", "email"];

/** The options of every stack, in the order in which they are asked and shown. */
export const coreOptions = {
  directory: {
    kind: "text",
    flag: "directory",
    positional: true,
    placeholder: "directory",
    default: "my-api",
    check: checkDirectory,
    summary: "folder to create the project in",
    ask: "Where should the project go?",
    part: "run",
  },
  name: {
    kind: "text",
    flag: "name",
    placeholder: "name",
    default: undefined,
    summary: "project name (default: the folder's)",
    part: "project",
  },
  database: {
    kind: "choice",
    flag: "database",
    choices: ["sqlite", "postgres"],
    default: "sqlite",
    summary: "database in development; production is always PostgreSQL",
    ask: "Which database in development?",
    part: "project",
  },
  databaseUrl: {
    kind: "text",
    flag: "database-url",
    placeholder: "url",
    default: undefined,
    check: checkPostgresUrl,
    summary: "where the PostgreSQL of development is",
    part: "private",
    needs: { option: "database", value: "postgres" },
  },
  features: {
    kind: "list",
    flag: "features",
    choices: FEATURES,
    default: DEFAULT_FEATURES,
    summary: "optional parts, comma-separated, or none",
    ask: "Which optional parts?",
    part: "project",
  },
  adminEmail: {
    kind: "text",
    flag: "admin-email",
    placeholder: "email",
    default: "admin@example.com",
    check: checkEmail,
    summary: "first administrator; the password is generated",
    ask: "E-mail address of the first administrator?",
    part: "project",
  },
  docker: {
    kind: "switch",
    flag: "docker",
    default: true,
    summary: "leave out Dockerfile and compose.yaml",
    means: "write Dockerfile and compose.yaml",
    part: "project",
  },
  ci: {
    kind: "choice",
    flag: "ci",
    choices: ["github", "none"],
    default: "github",
    summary: "continuous integration workflow",
    part: "project",
  },
  install: {
    kind: "switch",
    flag: "install",
    default: true,
    summary: "do not install the dependencies (nor what needs them)",
    means: "install the dependencies",
    part: "run",
  },
  migrate: {
    kind: "switch",
    flag: "migrate",
    default: true,
    summary: "do not run the first migration (nor what needs it)",
    means: "run the first migration",
    part: "run",
  },
  git: {
    kind: "switch",
    flag: "git",
    default: true,
    summary: "do not make a git repository",
    means: "make a git repository",
    part: "run",
  },
  start: {
    kind: "switch",
    flag: "start",
    default: false,
    summary: "leave the development server running at the end",
    part: "run",
  },
} as const satisfies OptionTable;

export type CoreAnswers = AnswersOf<typeof coreOptions>;
