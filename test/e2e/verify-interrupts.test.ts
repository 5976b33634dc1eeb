import { execFileSync, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { listing, outcome } from "./harness.js";
import { verified } from "./verified.js";

const { TEST_DATABASE_URL } = process.env;
const subject = verified();

/** Wait until a program has said this on standard error. */
async function until(child: ChildProcess, words: string): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on("data", (chunk) => {
      said += String(chunk);
      if (said.includes(words)) resolve();
    });
    child.once("close", () => {
      reject(new Error(`it ended before it said "${words}": ${said}`));
    });
  });
}

describe("an interrupt leaves nothing behind", () => {
  test.each([
    ["SIGINT", "Boot the project"],
    ["SIGTERM", "Attack it"],
  ] as const)("%s after: %s", async (signal, words) => {
    const child = subject.start(["--profile", "development"]);
    const ended = outcome(child);
    await until(child, words);
    await sleep(300);
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect([exitCode, stdout]).toEqual([130, ""]);
    expect(stderr).toContain("Cancelled");
    expect(await listing(subject.scratch)).toEqual([]);
    expect(subject.leftRunning()).toEqual([]);
  });

  test.skipIf(TEST_DATABASE_URL === undefined)("no database either", async () => {
    const role = `csa_verify_${process.pid}`;
    // Production takes no password that is the name of its user.
    const password = `${role}_harbour_lantern`;
    const psql = (sql: string): string =>
      execFileSync("psql", [TEST_DATABASE_URL ?? "", "-qAtc", sql], { encoding: "utf8" }).trim();
    psql(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${password}'`);
    const owned = `SELECT count(*) FROM pg_database WHERE datdba = '${role}'::regrole`;
    try {
      const postgres = Object.assign(new URL(TEST_DATABASE_URL ?? ""), {
        ...{ username: role, password },
      });
      const child = subject.start(["--profile", "production", "--postgres", postgres.href]);
      const ended = outcome(child);
      await until(child, "Attack it");
      expect(Number(psql(owned))).toBeGreaterThan(1);
      child.kill("SIGINT");
      expect((await ended).exitCode).toBe(130);
      expect(psql(owned)).toBe("0");
      expect(subject.leftRunning()).toEqual([]);
    } finally {
      psql(`DROP ROLE ${role}`);
    }
  });
});
