import type { Profile } from "../../contract/check.js";
import type { Result } from "../../contract/report/facts.js";
import type { Verdict } from "../../contract/verdict.js";
import { copyProject, folderWith, isThere, lookAt } from "../../disk/workspace.js";
import { refused } from "../../errors.js";
import { readRecord, RECORD_PATH } from "../../plan/record.js";
import { openMailbox } from "../../run/mailbox.js";
import { platform } from "../../run/platform.js";
import { stack } from "../../stacks/registry.js";
import type { Site } from "../../stacks/stack.js";
import type { Context } from "../context.js";
import { unknownRecord } from "../record.js";
import { type ProfileWanted, verifyProfile } from "./profile.js";
import { readRecorded } from "./recorded.js";
import { stopwatch } from "./run.js";

/** What decides where a project is booted. */
export interface ProjectWanted extends ProfileWanted {
  /** Empty: every profile that can be booted. */
  readonly profiles: readonly Profile[];
}

/** Boot the project around the current folder, profile by profile, and attack it. */
export async function verifyProject(wanted: ProjectWanted, context: Context): Promise<Result> {
  const time = stopwatch();
  const project = await findProject(context.cwd);
  const record = readRecord(await lookAt(project).read(RECORD_PATH));
  if (record === undefined) throw unknownRecord(project);
  const recorded = readRecorded(record);
  const { toRun, left } = chooseProfiles(wanted);
  const mail = await openMailbox();
  const copy = await copyProject(project, stack.verification);
  const verdicts: Verdict[] = [];
  try {
    for (const profile of toRun) {
      const boot = { profile, project, copy, mail, recorded };
      verdicts.push(...(await verifyProfile(boot, wanted, context)));
    }
  } finally {
    await copy.close();
    await mail.close();
  }
  return { subject: project, entries: wanted.entries, verdicts, left, ...time() };
}

async function findProject(cwd: string): Promise<string> {
  const project = await folderWith(RECORD_PATH, cwd);
  if (project === undefined) {
    throw refused({
      code: "project.missing",
      message: `"${cwd}" is in no project: there is no ${RECORD_PATH} in it or above it.`,
      hint: "Go to the project's folder, or say where a server runs with --url.",
    });
  }
  const site: Site = { root: project, platform: platform(), tools: {} };
  const interpreter = stack.verification.interpreter(site);
  if (!(await isThere(interpreter))) {
    throw refused({
      code: "project.not-installed",
      message: `The project's dependencies are not installed: "${interpreter}" is missing.`,
      hint: "Install them as its README says, under Start.",
    });
  }
  return project;
}

const PROFILES: readonly Profile[] = ["development", "production"];

function chooseProfiles({ profiles, postgres }: ProjectWanted): {
  readonly toRun: readonly Profile[];
  readonly left: Result["left"];
} {
  const meant = profiles.length === 0 ? PROFILES : profiles;
  const left = meant.flatMap((profile) => {
    const why = reasonNot(profile, postgres);
    return why === undefined ? [] : [{ profile, why }];
  });
  const toRun = meant.filter((profile) => !left.some((other) => other.profile === profile));
  const [missing] = left;
  // Asked for by its name: then doing nothing is no success.
  if (toRun.length === 0 && missing !== undefined) {
    throw refused({
      code: "profile.unavailable",
      message: `The profile ${missing.profile} cannot be run here: ${missing.why}.`,
      hint: "Without --profile, what can be run is run, and the rest is reported as left out.",
    });
  }
  return { toRun, left };
}

function reasonNot(profile: Profile, postgres: string | undefined): string | undefined {
  if (profile === "development") return undefined;
  if (platform() === "windows") return "its server runs on Linux and macOS only";
  if (postgres !== undefined) return undefined;
  return "it needs a PostgreSQL server: --postgres URL, or TEST_DATABASE_URL";
}
