import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The installed program's script. */
    cli: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), "csa packed "));

/**
 * Pack the package and install the tarball as a user's machine would, in a path with a space: this ring finds
 * what the others cannot, such as a file that is missing from the package or a dotfile that npm renamed.
 */
export function setup(project: TestProject): void {
  const home = join(folder, "a user's folder");
  mkdirSync(home);
  npm(["pack", "--ignore-scripts", "--pack-destination", folder], process.cwd());
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made no tarball");
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, tarball)], home);
  project.provide(
    "cli",
    join(home, "node_modules", "create-secure-api", "bin", "create-secure-api.js"),
  );
}

/** Remove the installed package. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}

function npm(args: readonly string[], cwd: string): void {
  const isWindows = process.platform === "win32";
  // On Windows npm is a script, and Node starts those through a shell only; every argument here is ours.
  execFileSync(isWindows ? "npm.cmd" : "npm", args, { cwd, shell: isWindows, stdio: "pipe" });
}
