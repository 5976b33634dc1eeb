/** Make the committed projects and resources anew: `npm run golden`, then review the diff. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const golden = join(root, "test", "golden");
const program = join(root, "bin", "create-secure-api.js");

for (const name of ["default", "minimal"]) {
  const target = join(golden, name);
  // In the repository, so that the project can be moved to its place by a rename.
  const scratch = await mkdtemp(join(root, "node_modules", ".golden-"));
  const config = join(golden, `${name}.json`);
  const flags = ["--yes", "--config", config, "--no-install", "--no-git", "--quiet"];
  execFileSync(process.execPath, [program, ...flags], { cwd: scratch, stdio: ["ignore", 2, 2] });
  // Its secrets are made anew for every project, so they have no place in the repository.
  await rm(join(scratch, "my-api", ".env"));
  await rm(target, { recursive: true, force: true });
  await rename(join(scratch, "my-api"), target);
  await rm(scratch, { recursive: true });
}

// Resources have no program to make them with fixed ids and times: their own test writes them.
await rm(join(golden, "resources"), { recursive: true, force: true });
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const test = ["run", "--project", "golden", "test/golden/resource.test.ts", "--update"];
execFileSync(process.execPath, [vitest, ...test], { cwd: root, stdio: ["ignore", 2, 2] });
