import { describe, expect, test } from "vitest";
import { CommandFailure, lastLines } from "../../../src/run/failure.js";
import { runCommands } from "../../../src/run/steps.js";
import type { Command } from "../../../src/stacks/stack.js";
import { command, FOREVER, node } from "../../fixtures/programs.js";

const cwd = process.cwd();
const { signal } = new AbortController();

async function failureOf(commands: readonly Command[]): Promise<CommandFailure> {
  try {
    await runCommands(commands, { cwd, signal });
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new Error("the commands did not fail");
}

describe("the commands of a step", () => {
  test("run in their order and in the project", async () => {
    const started: string[] = [];
    const commands = [
      command(node("process.exitCode = process.cwd() === process.argv[1] ? 0 : 1", cwd)),
      command(node(""), { title: "Then this" }),
    ];
    const onStart = ({ title }: Command): void => void started.push(title);
    await runCommands(commands, { cwd, signal, onStart });
    expect(started).toEqual(["Do it", "Then this"]);
  });

  test("stop at the first that fails, which is named with what it said", async () => {
    const never = command(node("throw new Error('must not run')"));
    const failing = command(node("console.error('no space left'); process.exitCode = 28"));
    const failure = await failureOf([failing, never]);
    expect(failure.message).toBe('"Do it" failed: `do it` ended with exit code 28.');
    expect(failure.output).toBe("no space left");
  });

  test("fail when the program is not there", async () => {
    const failure = await failureOf([command(["no-such-program-here"])]);
    expect(failure.message).toContain("could not run (ENOENT)");
  });

  test("fail when they take too long", async () => {
    const failure = await failureOf([command(node(FOREVER), { timeoutSeconds: 0.3 })]);
    expect(failure.message).toContain("took longer than 0.3 s");
  });

  test("end with a cancellation when the run is interrupted", async () => {
    const controller = new AbortController();
    const onStart = (): void => {
      controller.abort();
    };
    const run = runCommands([command(node(FOREVER))], { cwd, signal: controller.signal, onStart });
    await expect(run).rejects.toMatchObject({ code: "cancelled", exitCode: 130 });
  });
});

test("a long output is told by its end", () => {
  const output = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
  expect(lastLines(`${output}\n\n`, 2)).toBe("line 98\nline 99");
});
