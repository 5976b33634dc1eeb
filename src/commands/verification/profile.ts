import { availableParallelism } from "node:os";
import { join } from "node:path";

import type { Profile } from "../../contract/check.js";
import { Client } from "../../contract/client.js";
import type { Instance, Lab, Settings } from "../../contract/lab.js";
import { mannerOf } from "../../contract/profiles.js";
import { type Recorded, type Surface, surfaceOf } from "../../contract/surface.js";
import type { Bench } from "../../contract/trial.js";
import type { Verdict } from "../../contract/verdict.js";
import { templatesFolder } from "../../disk/templates.js";
import { type Copy, lookAt } from "../../disk/workspace.js";
import { cancelled, unfinished } from "../../errors.js";
import { run } from "../../run/child.js";
import { CommandFailure } from "../../run/failure.js";
import { type Lane, openLab, type RunningLab } from "../../run/lab.js";
import type { MailServer } from "../../run/mailbox.js";
import { platform } from "../../run/platform.js";
import { stack } from "../../stacks/registry.js";
import type { Context } from "../context.js";
import { makeMark, makeSecrets } from "../secrets.js";
import { attack, type Wanted } from "./run.js";

/** What a profile needs besides the project. */
export interface ProfileWanted extends Wanted {
  readonly postgres: string | undefined;
  readonly redis: string | undefined;
}

/** A project that is to be booted. */
export interface Booting {
  readonly profile: Profile;
  readonly project: string;
  readonly copy: Copy;
  readonly mail: MailServer;
  readonly recorded: Recorded;
}

/** Boot the project under one profile, attack it, and take everything away again. */
export async function verifyProfile(
  booting: Booting,
  wanted: ProfileWanted,
  context: Context,
): Promise<readonly Verdict[]> {
  const lab = await opened(booting, wanted, context);
  try {
    const [first, ...others] = await benchesOf(booting, lab);
    return first === undefined ? [] : await attack([first, ...others], wanted, context);
  } finally {
    await closed(lab, context);
  }
}

async function opened(
  booting: Booting,
  wanted: ProfileWanted,
  { ui, signal }: Context,
): Promise<RunningLab> {
  const { profile } = booting;
  const progress = ui.step(`Boot the project (${profile})`);
  try {
    const lab = await openLab(labPlan(booting, wanted, signal));
    progress.done();
    return lab;
  } catch (error) {
    progress.fail();
    throw signal.aborted ? cancelled("Nothing was left behind.") : explained(error, profile);
  }
}

/** What cannot be taken away is named: whoever ended our programs by force has it to do. */
async function closed(lab: RunningLab, { ui }: Context): Promise<void> {
  try {
    await lab.close();
  } catch (error) {
    ui.warn(`Databases of this run may be left: ${error instanceof Error ? error.message : ""}`);
  }
}

function explained(error: unknown, profile: Profile): unknown {
  if (!(error instanceof Error)) return error;
  const [message = "", ...lines] = error.message.split("\n");
  const output = error instanceof CommandFailure ? error.output : lines.join("\n");
  const cause = new CommandFailure({ message, shown: "", output });
  const hint = "What it said stands above. Start it yourself to see more.";
  return unfinished({ code: "boot.failed", message: `${message} (${profile})`, hint }, { cause });
}

/** So few checks are made sooner than a second server is started. */
const FEW_CHECKS = 20;
const MOST_LANES = 3;

function labPlan(
  { profile, copy, mail }: Booting,
  { postgres, redis, entries }: ProfileWanted,
  signal: AbortSignal,
): Parameters<typeof openLab>[0] {
  const { verification, folder } = stack;
  const { secretKey, encryptionKeys } = makeSecrets();
  const isProduction = profile === "production";
  return {
    ...{ profile, verification, signal, smtpPort: mail.port },
    site: { root: copy.root, platform: platform(), tools: {} },
    programs: join(templatesFolder, folder, verification.programs),
    databases: isProduction && postgres !== undefined ? postgres : sqliteIn(copy.data),
    redisUrl: isProduction ? redis : undefined,
    secrets: { secretKey, encryptionKeys },
    mark: makeMark(),
    lanes: entries.length < FEW_CHECKS ? 1 : Math.min(MOST_LANES, availableParallelism()),
  };
}

/** Any file in the folder: databases are made beside it. */
function sqliteIn(folder: string): string {
  return `sqlite:///${join(folder, "any.db")}`;
}

function originalOf(project: string): Lab["original"] {
  const git = async (...words: readonly string[]): ReturnType<Lab["original"]["git"]> => {
    const { exitCode, stdout, output } = await run({ argv: ["git", ...words], cwd: project });
    return { exitCode, stdout, output };
  };
  return { ...lookAt(project), git };
}

async function benchesOf(booting: Booting, { lanes }: RunningLab): Promise<readonly Bench[]> {
  const { profile, mail, copy, project } = booting;
  const clientOf = ({ endpoint }: Instance): Client =>
    new Client({ endpoint, headers: mannerOf(profile), jar: undefined });
  const [first] = lanes;
  if (first === undefined) return [];
  const surface = await surfaceFrom(clientOf, first, booting);
  const mailbox = surface.features.has("email") ? mail : undefined;
  return lanes.map((lane) => {
    const lab = { ...lane, workspace: copy, original: originalOf(project) };
    const http = clientOf(lane.main);
    return { profile, surface, http, clientOf, instance: lane.main, lab, mailbox };
  });
}

const TELLING: Settings = { ENVIRONMENT: "development", ENABLE_DOCS: "true" };

/** Production shows the document to no stranger: there another server tells, which is not in production. */
async function surfaceFrom(
  clientOf: (instance: Instance) => Client,
  lane: Lane,
  { recorded }: Booting,
): Promise<Surface> {
  const served = await clientOf(lane.main).send("/openapi.json");
  if (served.status === 200) return surfaceOf(served.json, recorded);
  const telling = await lane.server({ settings: TELLING });
  const told = await clientOf(telling).send("/openapi.json");
  return surfaceOf(told.status === 200 ? told.json : undefined, recorded);
}
