import path from "node:path";

import type { Context } from "../../../src/commands/context.js";
import { buildProgram } from "../../../src/commands/program.js";
import { createUi } from "../../../src/ui.js";
import { mkdir, writeFile } from "node:fs/promises";

import { stack } from "../../../src/stacks/registry.js";
import { templates } from "../plan/fixture.js";
import { temporaryFolder } from "../support.js";

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
}

/** The small templates of the fixture, on disk. */
async function templatesOnDisk(): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of templates) {
    const file = path.join(folder, stack.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

/** Run a command line in this process, in a folder, without a terminal. */
export async function runIn(
  cwd: string,
  words: readonly string[],
  more: Partial<Context> = {},
): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  const folder = await templatesOnDisk();
  const program = buildProgram("1.2.3", async (modes, run) => {
    const ui = await createUi({
      ...modes,
      env: {},
      stdout: { write: (text) => (written.stdout += text) },
      stderr: { write: (text) => (written.stderr += text) },
    });
    await run({
      cwd,
      ui,
      signal: new AbortController().signal,
      isInteractive: false,
      generator: { name: "create-secure-api", version: "1.2.3" },
      templates: folder,
      ...more,
    });
  });
  await program.parseAsync([...words], { from: "user" });
  return written;
}
