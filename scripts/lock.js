/**
 * Refresh the hash-locked requirements of generated projects: `npm run lock`, with uv on the PATH.
 * `-- --upgrade` takes the newest versions. What is locked is a project with every optional part.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const templates = path.join(root, "templates", "fastapi", "project");
const program = path.join(root, "bin", "create-secure-api.js");
const python = process.platform === "win32" ? "python" : "python3";
const { options } = await import(new URL("../dist/stacks/registry.js", import.meta.url).href);

const scratch = mkdtempSync(path.join(tmpdir(), "lock-"));
const project = path.join(scratch, "my-api");
try {
  const features = options.features.choices.join(",") || "none";
  const flags = ["--features", features, "--yes", "--no-install", "--no-git", "--quiet"];
  execFileSync(process.execPath, [program, "my-api", ...flags], {
    cwd: scratch,
    stdio: ["ignore", 2, 2],
  });
  const locks = readdirSync(templates).filter((name) => /^requirements.*\.txt$/u.test(name));
  // Pinned versions stay: those of the templates, not of the part that a rendering leaves.
  for (const lock of locks) copyFileSync(path.join(templates, lock), path.join(project, lock));
  // The project's own script, so that a user and we lock in the same way.
  const args = ["scripts/lock.py", ...process.argv.slice(2)];
  execFileSync(python, args, { cwd: project, stdio: "inherit" });
  for (const lock of locks) copyFileSync(path.join(project, lock), path.join(templates, lock));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
