import type { Names } from "../../answers/names.js";
import type { Endpoint, Project, View } from "../stack.js";
import { contributions, presence } from "./contributions.js";
import type { FastapiAnswers } from "./options.js";
import { passphrases } from "./passphrases.js";

const POSTGRES_PORT = 5432;

type Facts = Pick<Project<FastapiAnswers>, "answers" | "names">;

/** The development database: a file, what the user gave, or the server of this machine. */
function databaseUrl(answers: FastapiAnswers, names: Names): string {
  if (answers.database === "sqlite") return "sqlite:///./var/app.db";
  return answers.databaseUrl ?? `postgresql://localhost:${POSTGRES_PORT}/${names.module}`;
}

/** Everything that a template of this stack can say. */
export function view({ answers, names, secrets, generator }: Project<FastapiAnswers>): View {
  return {
    ...contributions(answers.features),
    name: {
      title: names.title,
      slug: names.slug,
      module: names.module,
      // As app/core/api_keys.py derives it from the slug.
      key: `${names.slug.replaceAll("-", "_")}_key_`,
    },
    database: {
      url: databaseUrl(answers, names),
      isPostgres: answers.database === "postgres",
    },
    admin: { email: answers.adminEmail, contact: mailto(answers.adminEmail) },
    password: { ...passphrases(names) },
    has: { ...presence(answers.features), docker: answers.docker, github: answers.ci === "github" },
    secrets: { ...secrets },
    generator: { name: generator.name, version: generator.version },
  };
}

/** An address as a link (RFC 6068): what would end it, or begin something else, is encoded. */
function mailto(email: string): string {
  return `mailto:${encodeURI(email).replaceAll(/[?#&]/g, encodeURIComponent)}`;
}

/** The parts of the view that a user spelt. Slug and module hold letters, digits, `-` and `_` only. */
export const typed = ["name.title", "database.url", "admin.email", "admin.contact"] as const;

/** Where the development database has to answer before anything is written. */
export function databaseEndpoint({ answers, names }: Facts): Endpoint | undefined {
  if (answers.database === "sqlite") return undefined;
  const url = new URL(databaseUrl(answers, names));
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { host, port: url.port === "" ? POSTGRES_PORT : Number(url.port) };
}
