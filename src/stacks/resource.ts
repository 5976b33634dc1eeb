import type { Field } from "../answers/fields.js";
import type { AnswerRecord } from "../answers/options.js";
import type { ReservedNames } from "../answers/names.js";
import type { Resource } from "../answers/resource.js";
import type { Problem } from "../errors.js";
import type { Command, Site, View } from "./stack.js";

/** Where a new migration hangs, and what tells it from every other. Made by the caller. */
export interface MigrationFacts {
  readonly revision: string;
  /** The revision that is the newest so far. */
  readonly parent: string;
  /** UTC, as in `2026-01-31T12:00:00.000Z`. */
  readonly writtenAt: string;
}

/** One resource, and what its files have to know of the project around it. */
export interface ResourceRequest<Answers extends AnswerRecord = AnswerRecord> {
  readonly resource: Resource;
  /** Every resource of the project by its class's name, this one too: where `ref` and `refs` lead. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** What the project was made from, as it is recorded. */
  readonly answers: Answers;
  readonly migration: MigrationFacts;
}

/** A resource among the others of its project. */
export type Subject = Pick<ResourceRequest, "resource" | "resources">;

/** One file of a resource. A file that a resource has no use for is no row. */
export interface ResourceFile {
  /** Template, below the stack's `resource/`. */
  readonly from: string;
  /** Path in the project. */
  readonly to: string;
  readonly view: View;
}

/** What became of one registry: a list that the project keeps of its parts. */
export type Wiring =
  | { readonly kind: "written"; readonly text: string }
  | { readonly kind: "already" }
  /** The file is not of the form that can be completed: where and why, and what a person would add. */
  | {
      readonly kind: "blocked";
      readonly line: number;
      readonly reason: string;
      readonly paste: readonly string[];
    };

/** A file that lists parts of the project, in a form that is read, completed and written whole. */
export interface Registry {
  readonly path: string;
  /** What a person would add for a resource. */
  lines(subject: Subject): readonly string[];
  /** The entries of a resource are added, and the user's own stay. */
  add(text: string, subject: Subject): Wiring;
  /** `already` where there are none. */
  remove(text: string, subject: Subject): Wiring;
}

/** One migration, as its file tells. */
export interface Revision {
  readonly id: string;
  readonly parents: readonly string[];
}

/** The chain of migrations, kept as files. */
export interface History {
  /** Folder of the migrations, below the project. */
  readonly folder: string;
  /** Whether a file of the folder is one of them, by its name. */
  isMigration(name: string): boolean;
  /** Undefined where the file does not say it in a form that can be read. */
  read(text: string): Revision | undefined;
  /** Why a new migration cannot hang on this chain, with the command that helps. */
  severalHeads(heads: readonly string[]): Problem;
  unreadable(path: string): Problem;
  /** A migration follows one that is not there. */
  lost(path: string, parent: string): Problem;
  /** Two files are one migration. */
  twice(id: string, paths: readonly [string, string]): Problem;
}

/** One table of a resource. */
export interface Table {
  readonly name: string;
  /** The field that it is for; undefined for the table of the rows themselves. */
  readonly field: Field | undefined;
}

/** What a stack knows about resources. */
export interface ResourceStack {
  /** Names that a resource may not have, singular or plural, in snake case. */
  readonly reservedNames: readonly ReservedNames[];
  /** Plurals that a resource may not have, beside those. */
  readonly reservedTables: readonly ReservedNames[];
  /** Names that a field may not have. */
  readonly reservedFields: readonly ReservedNames[];
  /** Every table that a resource makes. */
  tables(resource: Pick<Resource, "names" | "fields">): readonly Table[];
  readonly registries: readonly Registry[];
  readonly history: History;
  /** Folders that programs fill by themselves, below those of the code. */
  readonly waste: readonly string[];
  /** Model, schemas, queries, service, routes, tests and the migration that makes the table. */
  files(request: ResourceRequest): readonly ResourceFile[];
  /** A rendered file as formatter and linter leave it. */
  finish(text: string): string;
  /** Where the migration of `files` goes. */
  migrationPath(request: ResourceRequest): string;
  /** The migration that takes the table away again, and gives it back when it is undone. */
  dropMigration(request: ResourceRequest): ResourceFile;
  /** Bring the development database to the newest migration. */
  migrate(site: Site): readonly Command[];
  /** Ask the development database which migration it is at. */
  current(site: Site): Command;
  /** Whether what `current` printed names a revision. */
  isCurrent(stdout: string, revision: string): boolean;
  /** What a person does first where the project is not installed. */
  install(site: Site): readonly Command[];
}
