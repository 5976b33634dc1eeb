import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environment, outcome } from "../harness.js";

const DEMO = join(import.meta.dirname, "../../../scripts/demo.js");

function demo(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [DEMO, ...args], { env: environment(), stdio: "pipe" });
}

/** What a program says until it says this. */
function heard(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: unknown): void => {
      said += String(chunk);
      const [match] = pattern.exec(said) ?? [];
      if (match !== undefined) resolve(match);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("close", () => {
      reject(new Error(`it ended before it said ${String(pattern)}:\n${said}`));
    });
  });
}

test("the demo proves a project and ends by itself with --once", async () => {
  const { exitCode, stdout, stderr } = await outcome(demo("--once"));
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain("is ready");
});

test("the demo serves until Ctrl-C, and leaves nothing behind", async () => {
  const child = demo();
  const ended = outcome(child);
  const line = await heard(child, /Serving at http:\/\/127\.0\.0\.1:\d+/);
  const url = line.replace("Serving at ", "");
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await fetch(`${url}/docs`)).status).toBe(200);
  // A terminal's Ctrl-C reaches every process of the foreground; here the demo passes it on.
  child.kill("SIGTERM");
  const { exitCode, stderr } = await ended;
  expect(exitCode).toBe(0);
  const [, folder = ""] = /The demo's folder \((.*)\) is removed again\./.exec(stderr) ?? [];
  expect(folder).not.toBe("");
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(`${url}/health/ready`)).rejects.toThrow();
});
