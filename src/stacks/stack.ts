import type { CoreAnswers, OptionTable } from "../answers/options.js";
import type { Names, ReservedNames } from "../answers/names.js";
import type { Problem } from "../errors.js";

/** File modes are part of the data: 0600 for secrets, 0755 for scripts. */
export type Mode = 0o600 | 0o644 | 0o755;

/** A program and its arguments: never a line for a shell. */
export type Argv = readonly [string, ...string[]];

export type Platform = "posix" | "windows";

/** A program that was found on this machine, and what it said about itself. */
export interface FoundTool {
  readonly argv: Argv;
  readonly version: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** A program that the stack needs, or is faster with. */
export interface Tool {
  readonly id: string;
  readonly title: string;
  /** Tried in this order until one suits. */
  candidates(platform: Platform): readonly Argv[];
  /** Arguments that make a candidate describe itself on stdout. */
  readonly probe: readonly string[];
  /** What the probe printed, understood; undefined when it is not this program. */
  read(stdout: string): Omit<FoundTool, "argv"> | undefined;
  /** Good enough to use. The first candidate that is not is kept, to explain. */
  suits(found: Omit<FoundTool, "argv">): boolean;
}

export type FoundTools = Readonly<Record<string, FoundTool | undefined>>;

/** Where a project is and what can be used there. */
export interface Site {
  /** Absolute path of the project. */
  readonly root: string;
  readonly platform: Platform;
  readonly tools: FoundTools;
}

/** Added to the environment of a child process; undefined takes a variable out of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One child process of a step, always run in the project's root. */
export interface Command {
  /** Says what it does, as in "Install dependencies". */
  readonly title: string;
  readonly argv: Argv;
  readonly env?: Environment;
  /** Written to stdin, which is closed after it; secrets go this way, never as an argument. */
  readonly input?: string;
  readonly timeoutSeconds: number;
  /** The same command as a person would type it in the project's root. */
  readonly shown: string;
}

export interface Listen {
  readonly port: number;
  /** Start again when a source file changes. */
  readonly reload: boolean;
}

/** How the development server is run, and how to see that it works. */
export interface Server {
  readonly argv: Argv;
  readonly env: Environment;
  readonly url: string;
  /** Answers 200 once the server can serve, its database included. */
  readonly readyPath: string;
  /** Form post with `username` and `password`; 200 with `access_token`. */
  readonly signInPath: string;
  readonly docsPath: string;
  readonly startSeconds: number;
  readonly shown: string;
}

export interface Admin {
  readonly email: string;
  readonly password: string;
}

/** Random values, made by the caller: the stack itself has no randomness. */
export interface Secrets {
  /** 64 characters of base64url. */
  readonly secretKey: string;
  /** `id:base64` of 32 bytes. */
  readonly encryptionKeys: string;
  /** Letters and digits: it stands in a URL. */
  readonly databasePassword: string;
  readonly applicationPassword: string;
}

/** One project as its templates see it. */
export interface Project<Answers extends CoreAnswers = CoreAnswers> {
  readonly names: Names;
  readonly answers: Answers;
  readonly secrets: Secrets;
  readonly generator: { readonly name: string; readonly version: string };
}

/** One file of the project: where it comes from, where it goes, whether it is written. */
export interface ManifestRow<Answers extends CoreAnswers = CoreAnswers> {
  readonly from: string;
  readonly to: string;
  readonly when: (answers: Answers) => boolean;
  readonly mode: Mode;
  /** Holds secrets: not hashed in the record, not shown in a diff. */
  readonly secret: boolean;
}

/** A test of a generated project, and one claim of the contract that it holds. */
export interface TestClaim {
  readonly id: string;
  /** Its name; empty where all tests of the file hold the claim together. */
  readonly test: string;
  readonly file: string;
  /** What it says of the claim, as Markdown. */
  readonly says: string;
}

/** What a template may say: nested records of ready values. */
export interface View {
  readonly [key: string]: string | boolean | readonly string[] | View;
}

/** Path -> text. */
export type Texts = ReadonlyMap<string, string>;

/** Where the development database listens; undefined for a file. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How a project is served while the contract is checked: as its developers do, or as its users meet it. */
export type Serving = "development" | "production";

/** What the security contract needs to know of a language. Settings and routes are the same for all. */
export interface Verification {
  /** Folder below the stack's templates that holds the program of `inspector`. */
  readonly programs: string;
  /** Folders that are used where they are, when the project is copied: what was installed. */
  readonly installed: readonly string[];
  /** Folders that no copy needs: made by programs, at any depth. */
  readonly waste: readonly string[];
  /** A program that answers questions about a database, one JSON object a line. */
  inspector(site: Site, folder: string): Argv;
  server(site: Site, serving: Serving, port: number): Argv;
  /** The project's own command line. */
  cli(site: Site, words: readonly string[]): Argv;
  /** The tool that moves the database from one revision to another, and the words that bring it to the newest. */
  migration(site: Site, words: readonly string[]): Argv;
  readonly newest: readonly string[];
  /** Words that take every revision back, and that say whether the models are what the revisions make. */
  readonly oldest: readonly string[];
  readonly unchanged: readonly string[];
  /** Taken out of the environment: settings of the caller's shell are not the project's. */
  readonly hidden: Environment;
  /** A program of the project's installation; where it is missing, nothing can be started. */
  interpreter(site: Site): string;
}

/** Everything that differs from one generated language to another. */
export interface Stack<Answers extends CoreAnswers = CoreAnswers> {
  readonly id: string;
  /** Folder below `templates/`. */
  readonly folder: string;
  /** Option rows of this stack alone. */
  readonly options: OptionTable;
  readonly tools: readonly Tool[];
  readonly reserved: readonly ReservedNames[];

  /** Every file, computed from the list of templates. */
  manifest(templates: readonly string[]): readonly ManifestRow<Answers>[];
  view(project: Project<Answers>): View;
  /** The rendered files as they are written: for what follows from the whole rather than from the view. */
  finish(files: Texts, answers: Answers): Texts;
  /** What a rendered file says that its tests hold; nothing where it holds no tests. */
  claims(path: string, text: string): readonly TestClaim[];
  /** Files that list what the tests hold: rendered after all others, with `claims` in the view. */
  readonly listings: readonly string[];
  /** Template helpers that quote a value for one file language. */
  readonly quoting: Readonly<Record<string, (text: string) => string>>;
  /** View paths that hold what a user typed: a template must quote them. */
  readonly typed: readonly string[];

  /** What keeps the found tools, suitable or not, from doing what was asked. */
  problem(answers: Answers, tools: FoundTools, platform: Platform): Problem | undefined;
  databaseEndpoint(project: Pick<Project<Answers>, "answers" | "names">): Endpoint | undefined;
  install(answers: Answers, site: Site): readonly Command[];
  migrate(site: Site): readonly Command[];
  createAdmin(admin: Admin, site: Site): readonly Command[];
  server(site: Site, listen: Listen): Server;
  readonly verification: Verification;
  /** What to do once the server runs, in sentences or commands. */
  nextSteps(site: Site): readonly string[];
}
