/**
 * See the whole thing work: create a project in a temporary folder, install, migrate, prove and start it.
 * It stays up until Ctrl-C; with `-- --once` it ends by itself once the project is proven.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const isOnce = process.argv.includes("--once");
const program = fileURLToPath(new URL("../bin/create-secure-api.js", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "create-secure-api-demo-"));
const flags = ["my-api", "--yes", "--no-git", ...(isOnce ? [] : ["--start"])];

// Ctrl-C reaches the program too, which ends its server; here it only must not end us first.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
const child = spawn(process.execPath, [program, ...flags], { cwd: folder, stdio: "inherit" });
const [code, signal] = await once(child, "close");
await rm(folder, { recursive: true, force: true });
console.error(`The demo's folder (${folder}) is removed again.`);
// An interrupted server is how a demo is meant to end.
process.exitCode = signal === null && (code === 0 || (!isOnce && code === 130)) ? 0 : 1;
