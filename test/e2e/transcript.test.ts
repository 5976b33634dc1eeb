import { readFile, writeFile, chmod } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

import { comparable, record, transcriptOf } from "../../scripts/docs/recording.js";
import { readPart } from "../../scripts/docs/parts.js";
import { options } from "../../src/stacks/registry.js";
import { python, uv } from "../fixtures/machines.js";
import { environment, machine, workspace } from "./harness.js";

/** A git that finds no repository around it. */
const GIT = `case "$*" in *rev-parse*) exit 128 ;; esac`;

// A pseudo-terminal and a shell are asked for; Windows has others.
test.skipIf(process.platform === "win32")(
  "the README's transcript is what the packed program says today",
  { timeout: 60_000 },
  async () => {
    const cwd = await workspace();
    const bin = await machine(cwd, { python3: python(), uv: uv(), git: GIT });
    const npx = `shift; exec node '${inject("cli").replaceAll("'", String.raw`'\''`)}' "$@"`;
    await writeFile(join(bin, "npx"), `#!/bin/sh\n${npx}\n`);
    await chmod(join(bin, "npx"), 0o755);
    const env = environment({ PATH: bin, CSA_LOG: join(cwd, ".log") });
    const said = transcriptOf(record(options, { cwd, env }));
    const shown = readPart(await readFile("README.md", "utf8"), "transcript");
    expect(comparable(`\`\`\`text\n${said}\n\`\`\``)).toBe(comparable(shown));
  },
);
