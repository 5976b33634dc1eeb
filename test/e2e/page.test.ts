import { execFile, execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

import { checks } from "../../src/contract/checks/all.js";
import type { Verdict } from "../../src/contract/verdict.js";
import { htmlOf } from "../../src/contract/report/html.js";
import { entriesOf } from "../../src/contract/selection.js";
import { workspace } from "./harness.js";

const CHROMIUM = ["chromium", "chromium-browser"].find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** What a server could answer to spoil the report about it. */
const HOSTILE = [
  `<script>console.error("ran"); document.title = "taken over"</script>`,
  `<img src="https://evil.example/x" onerror="console.error('ran')">`,
  `</dd></dl></details></body>\u0000\uD800"'&`,
].join("\n");

const entries = entriesOf(checks);

function verdictOf(id: string, index: number): Verdict {
  const outcome = index === 3 ? "failed" : index % 11 === 10 ? "skipped" : "passed";
  const seen = { claim: HOSTILE, request: HOSTILE, expected: "401", observed: HOSTILE };
  const why = outcome === "skipped" ? HOSTILE : "";
  const fix = outcome === "failed" ? HOSTILE : "";
  return { id, profile: "development", outcome, why, fix, evidence: [seen], seconds: 0.25 };
}

const page = htmlOf({
  subject: HOSTILE,
  entries,
  verdicts: entries.map(({ claim }, index) => verdictOf(claim.id, index)),
  left: [{ profile: "production", why: HOSTILE }],
  seconds: 41,
  startedAt: "2026-11-25T12:00:00.000Z",
  generator: { name: "create-secure-api", version: "1.2.3" },
});

/** Look at the page in a browser without a window; answers what the browser wrote to both streams. */
async function browse(
  options: readonly string[],
  text = page,
): Promise<{ folder: string; stdout: string; stderr: string }> {
  const folder = await workspace();
  const file = join(folder, "page.html");
  await writeFile(file, text);
  const usual = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"];
  const profile = `--user-data-dir=${join(folder, "profile")}`;
  const url = pathToFileURL(file).href;
  const { stdout, stderr } = await promisify(execFile)(
    CHROMIUM ?? "",
    [...usual, profile, ...options.map((option) => option.replace("{}", folder)), url],
    { maxBuffer: 50_000_000 },
  );
  return { folder, stdout, stderr };
}

describe.skipIf(CHROMIUM === undefined)("the page for reviewers, in a browser", () => {
  test("shows every claim, opens what failed, and reports nothing", async () => {
    const { stdout, stderr } = await browse(["--dump-dom"]);
    expect(stderr).not.toContain("CONSOLE");
    expect(stdout).toContain("<title>Security contract: &lt;script&gt;");
    for (const { claim } of entries) expect(stdout).toContain(`id="${claim.id}"`);
    const opened = [...stdout.matchAll(/<details [^>]*id="([^"]+)"[^>]* open/g)];
    expect(opened.map(([, id]) => id)).toEqual([entries[3]?.claim.id]);
    // The browser's own reading of it holds no element that came with the evidence.
    expect(stdout).not.toMatch(/<(script|img|link|iframe|object)\b/);
  });

  test("is styled although its policy allows nothing but its own style", async () => {
    const pictureOf = async (text: string): Promise<Buffer> => {
      const options = ["--screenshot={}/page.png", "--window-size=1280,1600"];
      const { folder } = await browse(options, text);
      return readFile(join(folder, "page.png"));
    };
    const bare = page.replace(/style-src 'sha256-[^']+'/, "style-src 'none'");
    expect((await pictureOf(page)).equals(await pictureOf(bare))).toBe(false);
  });

  test("prints", async () => {
    const { folder } = await browse(["--no-pdf-header-footer", "--print-to-pdf={}/page.pdf"]);
    const pdf = await readFile(join(folder, "page.pdf"), "latin1");
    expect(pdf.startsWith("%PDF-")).toBe(true);
    expect((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(2);
  });
});
