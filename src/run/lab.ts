import { settingsOf } from "../contract/profiles.js";
import type { Profile } from "../contract/check.js";
import type { Ending, Invocation, Lab, Settings, Variation } from "../contract/lab.js";
import type { Argv, Environment, Site, Verification } from "../stacks/stack.js";
import { run } from "./child.js";
import { Databases } from "./databases.js";
import { type Dialogue, openDialogue } from "./dialogue.js";
import { CommandFailure, lastLines } from "./failure.js";
import { boot, bootToEnd, type Running } from "./instance.js";
import { sparePort } from "./network.js";
import { RecentServers } from "./recent.js";

/** Everything that running a project under one profile takes, besides its files. */
export interface LabPlan {
  readonly profile: Profile;
  readonly verification: Verification;
  /** The copy of the project. */
  readonly site: Site;
  /** The folder of the stack's program that looks into databases. */
  readonly programs: string;
  /** Where databases are made: a PostgreSQL server, or any file in a folder that may hold more. */
  readonly databases: string;
  readonly redisUrl: string | undefined;
  readonly secrets: { readonly secretKey: string; readonly encryptionKeys: string };
  readonly smtpPort: number;
  /** Letters and digits in every name that is given to something, so that two runs do not meet. */
  readonly mark: string;
  /** How many servers are attacked at the same time. */
  readonly lanes: number;
  readonly signal: AbortSignal;
}

/** The part of a lab that runs programs: a server on a database of its own, and what can be done beside it. */
export interface Lane extends Omit<Lab, "workspace" | "original"> {
  readonly main: Running;
}

/** Lanes of one profile: what is done in one is not seen in another. */
export interface RunningLab {
  readonly lanes: readonly Lane[];
  readonly close: () => Promise<void>;
}

const COMMAND_SECONDS = 60;
const REFUSAL_SECONDS = 20;
/** Beside the main one of a lane. Each holds connections, and PostgreSQL has a hundred as it is installed. */
const MOST_SERVERS = 4;

/** Make a database, migrate it, and start the profile's server on copies of it. */
export async function openLab(plan: LabPlan): Promise<RunningLab> {
  const { verification, site, programs } = plan;
  const argv = verification.inspector(site, programs);
  const dialogue = await openDialogue({ argv, cwd: site.root, env: verification.hidden });
  const work = new Work(plan, dialogue);
  try {
    await work.prepare();
    const lanes = await Promise.all(Array.from({ length: plan.lanes }, () => openLane(plan, work)));
    return { lanes, close: () => work.close() };
  } catch (error) {
    await work.close();
    throw error;
  }
}

async function openLane({ verification, site }: LabPlan, work: Work): Promise<Lane> {
  const settings = work.settingsOn(await work.copyOfTemplate());
  const start = async ({ settings: changes, ownDatabase }: Variation): Promise<Running> => {
    const own = ownDatabase ? { DATABASE_URL: await work.copyOfTemplate() } : {};
    return work.start({ ...settings, ...own, ...changes });
  };
  const main = await start({});
  const others = new RecentServers<Running>(MOST_SERVERS);
  const server = async (variation: Variation): Promise<Running> => {
    // A server of one check has no name that another could ask for.
    const key = variation.ownServer ? Symbol() : JSON.stringify(variation);
    if (key === "{}") return main;
    return others.ask(key, () => start(variation));
  };
  const command = (argv: Argv, invocation: Invocation = {}): Promise<Ending> =>
    work.command(argv, { ...invocation, settings: { ...settings, ...invocation.settings } });
  return {
    main,
    settings,
    server,
    boot: (changes, seconds) => work.bootToEnd({ ...settings, ...changes }, seconds),
    cli: (words, invocation) => command(verification.cli(site, words), invocation),
    migration: (wanted, invocation) =>
      command(verification.migration(site, verification[wanted]), invocation),
    emptyDatabase: () => work.databases.make(),
  };
}

class Work {
  readonly databases: Databases;
  readonly #plan: LabPlan;
  readonly #dialogue: Dialogue;
  readonly #servers: Promise<Running>[] = [];
  /** Migrated, and used by nobody: every other database is a copy of it. */
  #template = "";

  constructor(plan: LabPlan, dialogue: Dialogue) {
    this.#plan = plan;
    this.#dialogue = dialogue;
    this.databases = new Databases(dialogue, plan.databases, plan.mark);
  }

  async prepare(): Promise<void> {
    this.#template = await this.databases.make();
    const { verification, site } = this.#plan;
    const argv = verification.migration(site, verification.newest);
    const settings = this.settingsOn(this.#template);
    const { exitCode, output } = await this.command(argv, { settings });
    if (exitCode === 0) return;
    const message = "The project's migrations do not run on an empty database.";
    throw new CommandFailure({ message, shown: argv.join(" "), output: lastLines(output) });
  }

  settingsOn(databaseUrl: string): Settings {
    const { profile, redisUrl, secrets, smtpPort } = this.#plan;
    return settingsOf(profile, { redisUrl, ...secrets, smtpPort, databaseUrl });
  }

  copyOfTemplate(): Promise<string> {
    return this.databases.make(this.#template);
  }

  start(settings: Settings): Promise<Running> {
    const running = this.#boot(settings).then(boot);
    this.#servers.push(running);
    return running;
  }

  async bootToEnd(settings: Settings, seconds = REFUSAL_SECONDS): Promise<Ending> {
    return bootToEnd(await this.#boot(settings), seconds);
  }

  async #boot(settings: Settings): Promise<Parameters<typeof boot>[0]> {
    const { verification, site, profile, signal } = this.#plan;
    const port = await sparePort();
    return {
      argv: verification.server(site, profile, port),
      cwd: site.root,
      env: this.#environment(settings),
      ...{ port, settings, signal },
      inspector: this.databases.inspector(settings.DATABASE_URL ?? ""),
    };
  }

  async command(argv: Argv, invocation: Invocation): Promise<Ending> {
    const { settings = {}, input, seconds = COMMAND_SECONDS } = invocation;
    const signal = AbortSignal.any([this.#plan.signal, AbortSignal.timeout(seconds * 1000)]);
    const env = this.#environment(settings);
    const { exitCode, stdout, output } = await run({
      ...{ argv, cwd: this.#plan.site.root, env, input, signal },
    });
    return { exitCode, stdout, output };
  }

  #environment(settings: Settings): Environment {
    return { ...this.#plan.verification.hidden, ...settings };
  }

  /** Also after an interrupt: the signal ended the programs, and the databases are still there. */
  async close(): Promise<void> {
    const servers = await Promise.allSettled(this.#servers);
    const running = servers.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(running.map((server) => server.stop()));
    try {
      await this.databases.dropAll();
    } finally {
      await this.#dialogue.close();
    }
  }
}
