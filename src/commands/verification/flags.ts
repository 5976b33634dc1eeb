import { type Command, Option } from "commander";

import type { Profile } from "../../contract/check.js";
import { usage } from "../../errors.js";
import type { VerifyRequest } from "../verify.js";

const PROFILES: readonly Profile[] = ["development", "production"];

/** The flags of `verify`. */
export function addVerifyFlags(command: Command): void {
  const options: readonly (readonly [string, string])[] = [
    [
      "--url <url>",
      "attack a server that runs on this machine, as far as HTTP can see (see below)",
    ],
    ["--postgres <url>", "a PostgreSQL server for throw-away databases (or TEST_DATABASE_URL)"],
    ["--redis <url>", "a Redis for shared limits (or TEST_REDIS_URL)"],
    ["--only <ids>", "ids or sections, as in AUTH-01,jwt"],
    ["--list", "say what would be checked, and check nothing"],
    ["--full", "also what takes long: stalled connections, long waits"],
    ["--html <file>", "write one page for a reviewer"],
    ["--junit <file>", "write JUnit XML"],
    ["--sarif <file>", "write SARIF"],
  ];
  for (const [flags, description] of options) command.addOption(new Option(flags, description));
  command.addOption(
    new Option("--profile <name>", "one profile only").choices([...PROFILES, "all"]).default("all"),
  );
  command.addHelpText("after", HELP);
}

const HELP = `
Without --url the project is copied, and booted on spare ports with databases, secrets and
settings of its own, which are taken away again: your data and your .env are not touched.
With --url the server that runs there is attacked as it is. Accounts are registered and stay;
wrong sign-ins, refusals and their audit records are many; its rate limits are met, and what
they turn away is skipped. Use a server whose database may be thrown away.

Ends with 0 where no check failed, 4 where one did or the project does not start, 3 where
there is nothing to attack, 2 for a wrong command line, 130 after Ctrl-C.`;

type Typed = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What was typed, and where the environment fills in. */
export function readVerifyFlags(typed: Typed, env: Environment): VerifyRequest {
  const text = (name: string): string | undefined => valueOf(typed, name);
  // What nothing asks for may hold anything: the variables have other readers, too.
  const isServed =
    typed.list !== true && typed.url === undefined && typed.profile !== "development";
  const server = (kind: Server): string | undefined =>
    serverOf(kind, text(kind.name), isServed ? env[kind.variable] : undefined);
  return {
    url: text("url"),
    postgres: server(POSTGRES)?.replace(/^postgres:/, "postgresql:"),
    redis: server(REDIS),
    profiles: PROFILES.filter((name) => name === typed.profile),
    only: words(text("only")),
    list: typed.list === true,
    full: typed.full === true,
    destination: { html: text("html"), junit: text("junit"), sarif: text("sarif") },
  };
}

function valueOf(typed: Typed, name: string): string | undefined {
  const value = typed[name];
  if (typeof value !== "string") return undefined;
  if (/^[\s,]*$/.test(value)) {
    throw usage({
      code: "flag.empty",
      message: `--${name} has no value.`,
      hint: "Give one, or leave the flag out.",
    });
  }
  return value;
}

function words(text = ""): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** A server that is reached by a URL. */
interface Server {
  readonly name: string;
  readonly variable: string;
  readonly title: string;
  readonly scheme: RegExp;
  readonly example: string;
}

const POSTGRES: Server = {
  name: "postgres",
  variable: "TEST_DATABASE_URL",
  title: "PostgreSQL",
  scheme: /^postgres(?:ql)?(?:\+asyncpg)?:\/\//,
  example: "postgresql://user:password@127.0.0.1:5432/postgres",
};
const REDIS: Server = {
  name: "redis",
  variable: "TEST_REDIS_URL",
  title: "Redis",
  scheme: /^rediss?:\/\//,
  example: "redis://127.0.0.1:6379/0",
};

/** The URL of a server. It may hold a password: it is not repeated. */
function serverOf(
  { name, variable, title, scheme, example }: Server,
  typed: string | undefined,
  fromEnv: string | undefined,
): string | undefined {
  const url = typed ?? (fromEnv === "" ? undefined : fromEnv);
  if (url === undefined) return undefined;
  if (scheme.test(url) && URL.canParse(url) && hasHost(new URL(url))) return url;
  throw usage({
    code: `${name}.invalid`,
    message: `${typed === undefined ? variable : `--${name}`} is not the URL of a ${title} server.`,
    hint: `As in: create-secure-api verify --${name} ${example}`,
  });
}

/** By its name, or as PostgreSQL's clients write the folder of a socket. */
function hasHost({ hostname, searchParams }: URL): boolean {
  return hostname !== "" || searchParams.get("host")?.startsWith("/") === true;
}
