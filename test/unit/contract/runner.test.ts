import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { Answer } from "../../../src/contract/answer.js";
import { type Check, type Trial, Unprepared } from "../../../src/contract/check.js";
import { checks } from "../../../src/contract/checks/all.js";
import { Client } from "../../../src/contract/client.js";
import type { Instance } from "../../../src/contract/lab.js";
import { runChecks } from "../../../src/contract/runner.js";
import { surfaceOf } from "../../../src/contract/surface.js";
import type { Bench } from "../../../src/contract/trial.js";

const nowhere = { host: "127.0.0.1", port: 1 };
const http = new Client({ endpoint: nowhere, headers: {}, jar: undefined });
const bench: Bench = {
  profile: "development",
  surface: surfaceOf(undefined),
  http,
  clientOf: () => http,
};
const answer = new Answer({
  ...{ status: 200, reason: "OK", headers: [], body: Buffer.from("{}"), request: "GET /" },
});

type Run = Check["run"];

/** A check's work that has nothing to wait for. */
function doing(work: (...given: Parameters<Run>) => void): Run {
  return (trial) =>
    Promise.resolve().then(() => {
      work(trial);
    });
}

const seesNothing = doing(() => undefined);

function checkOf(check: Partial<Check>): Check {
  return { id: "X-01", needs: "http", fix: "Mend it.", run: seesNothing, ...check };
}

const whole = { signal: new AbortController().signal, isFull: false };

async function outcomeOf(check: Partial<Check>, on: Partial<Bench> = {}): Promise<string> {
  const [verdict] = await runChecks([checkOf(check)], [{ ...bench, ...on }], whole);
  const last = verdict?.evidence.at(-1)?.observed ?? "";
  return [verdict?.outcome, verdict?.why, verdict?.fix, last].filter(Boolean).join(": ");
}

describe("a check", () => {
  it("passes when every observation was as it should be", async () => {
    const run = doing((t) => {
      t.status(answer, [200, 204], "it answers");
    });
    expect(await outcomeOf({ run })).toBe("passed: 200 OK {}");
  });

  it("does not pass when it saw nothing", async () => {
    expect(await outcomeOf({ run: doing(() => undefined) })).toMatch(/^failed: Mend it\.: none/u);
  });

  it("fails at the first observation that refutes the claim", async () => {
    const run = doing((t) => {
      t.status(answer, 401, "it is closed");
      throw new Error("not reached");
    });
    expect(await outcomeOf({ run })).toBe("failed: Mend it.: 200 OK {}");
  });

  it("does not pass when it breaks off", async () => {
    const run = doing(() => {
      throw new TypeError("undefined is not a function");
    });
    expect(await outcomeOf({ run })).toContain("failed: Mend it.: TypeError");
  });

  it.each<[Partial<Check>, RegExp]>([
    [{ isSlow: true }, /--full/u],
    [{ feature: "uploads" }, /the project has no uploads/u],
    [{ profiles: ["production"] }, /profile production/u],
    [{ needs: "inspector" }, /not started here/u],
    [{ run: doing((t) => t.inspector.tables) }, /not started here/u],
    [{ run: doing((t) => t.skip("it rains")) }, /it rains/u],
  ])("is skipped with the reason: %j", async (check, why) => {
    expect(await outcomeOf(check)).toMatch(/^skipped: /u);
    expect(await outcomeOf(check)).toMatch(why);
  });
});

/** A server of ours, which can be ended. */
function instanceOf(isRunning: () => boolean, start: () => Promise<void>): Instance {
  const unasked = (): Promise<never> => Promise.reject(new Error("not asked for here"));
  const ask = { rows: unasked, update: unasked, age: unasked, insert: unasked, remove: unasked };
  const others = { rename: unasked, tables: unasked, dump: unasked, disarm: unasked };
  const inspector = { ...ask, ...others, lock: unasked, oldHash: unasked };
  const log = (): string => "Segmentation fault";
  const isUp = (): Promise<boolean> => Promise.resolve(isRunning());
  return {
    ...{ endpoint: nowhere, settings: {}, inspector, log, kill: unasked, start },
    isRunning: isUp,
  };
}

describe("checks", () => {
  it("are made on every bench at the same time, and answered in their order", async () => {
    let waiting = 0;
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const run = async (t: Trial): Promise<void> => {
      waiting += 1;
      // Each waits for the other: on one bench alone this would never end.
      if (waiting === 2) meet();
      await met;
      t.status(answer, 200, "it answers");
    };
    const two = [checkOf({ id: "X-01", run }), checkOf({ id: "X-02", run })];
    const verdicts = await runChecks(two, [bench, bench], whole);
    expect(verdicts.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      "X-01 passed",
      "X-02 passed",
    ]);
  });

  it("that measure times are made alone, last, and on one bench", async () => {
    const events: string[] = [];
    const run = (name: string) => async (): Promise<void> => {
      events.push(`${name} begins`);
      await sleep(5);
      events.push(`${name} ends`);
    };
    const alone = ["A", "B"].map((id) => checkOf({ id, isAlone: true, run: run(id) }));
    const together = ["C", "D"].map((id) => checkOf({ id, run: run(id) }));
    await runChecks([...alone, ...together], [bench, bench], whole);
    expect(events.slice(0, 2)).toEqual(["C begins", "D begins"]);
    expect(events.slice(-4)).toEqual(["A begins", "A ends", "B begins", "B ends"]);
  });

  it("are not waited for once the run is over", async () => {
    const controller = new AbortController();
    const run = (): Promise<void> => {
      controller.abort();
      return new Promise(() => undefined);
    };
    const never = checkOf({ id: "X-02" });
    const verdicts = await runChecks([checkOf({ run }), never], [bench], {
      ...{ signal: controller.signal, isFull: false },
    });
    expect(verdicts).toEqual([]);
  });

  it("fail where the server has not outlived them, and the next one gets a server", async () => {
    let isRunning = true;
    let starts = 0;
    const instance = instanceOf(
      () => isRunning,
      () => {
        [isRunning, starts] = [true, starts + 1];
        return Promise.resolve();
      },
    );
    const run = doing((t) => {
      t.status(answer, 200, "it answers");
      isRunning = false;
    });
    expect(await outcomeOf({ run }, { instance })).toMatch(/^failed: .*Segmentation fault/u);
    expect([isRunning, starts]).toEqual([true, 1]);
  });

  it("are skipped where the limits of a server that is not ours turn them away", async () => {
    const refused = new Answer({
      ...{ status: 429, reason: "Too Many Requests", headers: [], body: Buffer.from("{}") },
      request: "POST /",
    });
    const run = doing((t) => {
      t.status(refused, 201, "an account is made");
    });
    const prepare = doing(() => {
      throw new Unprepared("nobody can register", refused);
    });
    expect(await outcomeOf({ run })).toMatch(/^skipped: .*\(429\)/u);
    expect(await outcomeOf({ run: prepare })).toMatch(/^skipped: .*\(429\)/u);
    const ours = instanceOf(
      () => true,
      () => Promise.resolve(),
    );
    expect(await outcomeOf({ run }, { instance: ours })).toMatch(/^failed/u);
    expect(await outcomeOf({ run: prepare }, { instance: ours })).toMatch(/^failed/u);
  });

  it("that measure times, or change the project's files, say that they have to be alone", () => {
    const disturbing = /takesAsLong|livenessDuring|lowerQuartile|workspace\.(write|remove)/u;
    const loud = checks.filter(({ run }) => disturbing.test(run.toString()));
    expect(loud.length).toBeGreaterThan(2);
    expect(loud.filter(({ isAlone }) => !isAlone).map(({ id }) => id)).toEqual([]);
  });
});
