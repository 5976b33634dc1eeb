import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { environment, listing, outcome } from "./harness.js";
import { verified } from "./verified.js";

const subject = verified();
const DEVELOPMENT = ["--profile", "development"];

describe("a project that keeps its promises", () => {
  test("passes, and the reports that were asked for are written", async () => {
    const only = ["--only", "HDR-01,JWT-05,RATE-05"];
    await mkdir(join(subject.project, "r"));
    const files = ["--html", "r/page.html", "--junit", "r/j.xml", "--sarif", "r/s.json"];
    const { exitCode, stdout, stderr } = await subject.verify([...DEVELOPMENT, ...only, ...files]);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain("2 passed, 0 failed, 1 skipped");
    expect(stdout).toContain("belongs to the profile production: RATE-05");
    const read = (name: string): Promise<string> =>
      readFile(join(subject.project, "r", name), "utf8");
    expect(await read("page.html")).toContain("No claim was refuted.");
    expect(await read("j.xml")).toContain('tests="3" failures="0" skipped="1"');
    expect(JSON.parse(await read("s.json"))).toMatchObject({ runs: [{ results: [] }] });
    expect(await listing(subject.scratch)).toEqual([]);
  });

  test("says nothing but one object with --json and --quiet", async () => {
    const words = [...DEVELOPMENT, "--only", "HDR-01", "--json", "--quiet"];
    const { exitCode, stdout, stderr } = await subject.verify(words);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      counts: { passed: 1, failed: 0, skipped: 0 },
      left: [],
      checks: [{ id: "HDR-01", profile: "development", outcome: "passed", severity: "medium" }],
    });
  });
});

describe("a project that does not", () => {
  test("fails, with what came, what had to come, and the fix", async () => {
    const nosniff: [string, string] = ['    (b"x-content-type-options", b"nosniff"),\n', ""];
    await subject.whileBroken("app/core/security_headers.py", nosniff, async () => {
      const { exitCode, stdout } = await subject.verify([
        ...DEVELOPMENT,
        "--only",
        "HDR-01,HDR-02",
      ]);
      expect(exitCode).toBe(4);
      expect(stdout).toContain("1 passed, 1 failed");
      expect(stdout).toMatch(/✖ HDR-01 [^]*expected [^]*observed [^]*fix /);
    });
  });

  test("and does not start either, is shown with what it said last", async () => {
    const bug: [string, string] = ["\nfrom ", '\nraise RuntimeError("no such luck")\nfrom '];
    await subject.whileBroken("app/main.py", bug, async () => {
      const { exitCode, stdout, stderr } = await subject.verify([...DEVELOPMENT, "--json"]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain("RuntimeError: no such luck");
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: "boot.failed", exitCode: 4 });
      expect(await listing(subject.scratch)).toEqual([]);
      expect(subject.leftRunning()).toEqual([]);
    });
  });

  test("and dies under an attack, fails there, and is attacked further", async () => {
    const crash: [string, string] = [
      "    await service.log_out(session, claims, cookie)",
      '    __import__("os")._exit(9)',
    ];
    await subject.whileBroken("app/api/v1/auth.py", crash, async () => {
      const words = [...DEVELOPMENT, "--only", "SESS-06,HDR-02,JWT-05", "--json"];
      const { exitCode, stdout } = await subject.verify(words);
      expect(exitCode).toBe(4);
      expect(stdout).toContain("the server outlives the attack");
      const report: unknown = JSON.parse(stdout);
      expect(report).toMatchObject({ counts: { failed: 1, passed: 2 } });
    });
  });
});

describe("a server that runs already", () => {
  test("is attacked as far as HTTP can see, and goes on", async () => {
    const port = await sparePort();
    const python = join(subject.project, ".venv/bin/python");
    await run(python, ["-m", "alembic", "upgrade", "head"]);
    const uvicorn = ["-m", "uvicorn", "app.main:app", "--port", String(port), "--no-proxy-headers"];
    const env = environment({ RATE_LIMIT_AUTH: "1000/minute" });
    const server = spawn(python, uvicorn, {
      cwd: subject.project,
      env,
      stdio: "ignore",
    });
    try {
      const url = `http://localhost:${port}`;
      await untilAnswering(url);
      const only = ["--only", "HDR-02,SESS-16,CORS-06,AUTH-18b"];
      const { exitCode, stdout, stderr } = await subject.verify(["--url", url, ...only]);
      expect(exitCode, `${stdout}${stderr}`).toBe(0);
      expect(stdout).toContain("so only HTTP can see it: SESS-16");
      expect(stdout).toContain("3 passed, 0 failed, 1 skipped");
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    } finally {
      server.kill();
      await once(server, "close");
    }
  });

  test.each([
    "http://example.com",
    "http://0.0.0.0:8000",
    "http://[::ffff:10.0.0.1]",
    "http://10.0.0.1",
  ])("is refused where it is not this machine: %s", async (url) => {
    const { exitCode, stderr } = await subject.verify(["--url", url]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("only this machine is attacked");
  });
});

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { cwd: subject.project, env: environment(), stdio: "pipe" });
  const { exitCode, stdout, stderr } = await outcome(child);
  expect(exitCode, `${stdout}${stderr}`).toBe(0);
}

async function sparePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answers = await fetch(`${url}/health/live`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (answers) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${url}`);
}
