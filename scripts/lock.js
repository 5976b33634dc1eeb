/** Refresh the hash-locked requirements of generated projects: `npm run lock`, with uv on the PATH. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../templates/fastapi/project", import.meta.url));
const python = process.platform === "win32" ? "python" : "python3";

// The project's own script, so that a user and we lock in the same way. `-- --upgrade` takes the newest versions.
execFileSync(python, ["scripts/lock.py", ...process.argv.slice(2)], {
  cwd: project,
  stdio: "inherit",
});
