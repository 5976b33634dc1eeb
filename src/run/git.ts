import type { Argv } from "../stacks/stack.js";
import { run } from "./child.js";
import { throwIfInterrupted } from "./interrupt.js";

/** What became of the repository. */
export type Repository =
  { readonly kind: "done" } | { readonly kind: "skipped"; readonly reason: string };

/** Give the project a repository, unless it lies in one already or the machine has no git. */
export async function initRepository(cwd: string, signal: AbortSignal): Promise<Repository> {
  const around = await git(["rev-parse", "--is-inside-work-tree"], { cwd, signal });
  if (around.failure === "ENOENT") return skipped("git is not installed");
  if (around.exitCode === 0) return skipped("the folder is in a git repository already");
  const init = await git(["-c", "init.defaultBranch=main", "init", "--quiet"], { cwd, signal });
  throwIfInterrupted(signal);
  return init.exitCode === 0
    ? { kind: "done" }
    : skipped(`git init failed: ${init.output.trim() || "no reason given"}`);
}

function skipped(reason: string): Repository {
  return { kind: "skipped", reason };
}

async function git(
  args: readonly string[],
  where: { cwd: string; signal: AbortSignal },
): Promise<{ exitCode: number | undefined; failure: string | undefined; output: string }> {
  const argv: Argv = ["git", ...args];
  // A hook's environment (GIT_DIR and its kin) would point at another repository.
  const env = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
  return run({ argv, ...where, env });
}
