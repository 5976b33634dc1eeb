import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { refused } from "../../src/errors.js";
import { createUi, hasColor, type UiOptions } from "../../src/ui.js";

/** A stream that remembers. */
function memory(isTTY = false) {
  const written: string[] = [];
  return {
    isTTY,
    columns: 40,
    write: (text: string) => written.push(text),
    text: () => written.join(""),
  };
}

async function printer(options: UiOptions = {}, isTTY = false) {
  const stdout = memory(isTTY);
  const stderr = memory(isTTY);
  const ui = await createUi({ env: {}, ...options, stdout, stderr });
  return { ui, out: stdout.text, err: stderr.text };
}

const failure = refused({
  code: "target.not-empty",
  message: `"my-api" is not empty.`,
  hint: "Choose another directory.",
});

describe("what goes where", () => {
  test("results go to standard output, progress and notes to standard error", async () => {
    const { ui, out, err } = await printer();
    ui.step("Install").done();
    ui.note("a note");
    ui.result("the result");
    expect(out()).toBe("the result\n");
    expect(err()).toMatch(/^Install \.\.\.\nok Install \(0\.0 s\)\na note\n$/);
  });

  test("an error is a sentence and its next step, on standard error", async () => {
    const { ui, out, err } = await printer();
    ui.error(failure);
    expect([out(), err()]).toEqual([
      "",
      'error: "my-api" is not empty.\nChoose another directory.\n',
    ]);
  });

  test("an error shows what the failed program said before it", async () => {
    const { ui, err } = await printer();
    ui.error(failure, "disk full");
    expect(err()).toMatch(/^disk full\n\nerror: /);
  });

  test("with --json standard output holds one object and nothing else", async () => {
    const { ui, out } = await printer({ json: true });
    ui.result("for people");
    ui.json({ ok: true });
    expect(out()).toBe('{"ok":true}\n');
  });

  test("with --json an error is an object with its exit code", async () => {
    const { ui, out } = await printer({ json: true });
    ui.error(failure);
    expect(JSON.parse(out())).toEqual({
      ok: false,
      code: "target.not-empty",
      message: '"my-api" is not empty.',
      hint: "Choose another directory.",
      exitCode: 3,
    });
  });

  test("with --quiet progress is gone; results, warnings and errors stay", async () => {
    const { ui, out, err } = await printer({ quiet: true });
    ui.step("Install").done();
    ui.note("a note");
    ui.warn("mind this");
    ui.result("the result");
    expect([out(), err()]).toEqual(["the result\n", "warning: mind this\n"]);
  });
});

describe("a step in a log", () => {
  test("says what it does, and why it was skipped or failed", async () => {
    const { ui, err } = await printer();
    ui.step("Create the repository").skip("git is not installed");
    const install = ui.step("Install");
    install.update("Install");
    install.update("Download");
    install.fail();
    expect(err()).toContain("skipped Create the repository: git is not installed\n");
    expect(err()).toMatch(/Install \.\.\.\n {2}Download \.\.\.\nfailed Install \(\d+\.\d s\)\n$/);
  });
});

describe("a step on a terminal", () => {
  test("shows the time while it passes, in one line that fits", async () => {
    vi.useFakeTimers();
    const { ui, err } = await printer({}, true);
    const step = ui.step("Install the dependencies of the project, all of them");
    vi.advanceTimersByTime(200);
    const frame = stripVTControlCharacters(err().split("\r").at(-1) ?? "");
    expect(frame.length).toBeLessThanOrEqual(40);
    step.update("Install");
    vi.advanceTimersByTime(2000);
    expect(stripVTControlCharacters(err())).toContain("Install  2.");
    step.done();
    vi.useRealTimers();
    expect(stripVTControlCharacters(err())).toMatch(/✔ Install the dependencies .* \d+\.\d s\n$/);
  });

  test("does not move in CI, with a dumb terminal, or while children print", async () => {
    for (const options of [{ env: { CI: "true" } }, { env: { TERM: "dumb" } }, { verbose: true }]) {
      const { ui, err } = await printer(options, true);
      ui.step("Install").done();
      expect(err()).not.toContain("\r");
    }
  });
});

describe("colours", () => {
  const terminal = memory(true);
  const pipe = memory(false);

  test.each([
    { where: "a terminal", output: terminal, env: {}, expected: true },
    { where: "a pipe", output: pipe, env: {}, expected: false },
    {
      where: "a terminal with NO_COLOR",
      output: terminal,
      env: { NO_COLOR: "1" },
      expected: false,
    },
    { where: "an empty NO_COLOR", output: terminal, env: { NO_COLOR: "" }, expected: true },
    { where: "a terminal in CI", output: terminal, env: { CI: "true" }, expected: false },
    { where: "a dumb terminal", output: terminal, env: { TERM: "dumb" }, expected: false },
    { where: "a pipe with FORCE_COLOR", output: pipe, env: { FORCE_COLOR: "1" }, expected: true },
    {
      where: "CI with FORCE_COLOR",
      output: pipe,
      env: { CI: "1", FORCE_COLOR: "1" },
      expected: true,
    },
    { where: "FORCE_COLOR=0", output: terminal, env: { FORCE_COLOR: "0" }, expected: false },
  ])("on $where", ({ output, env, expected }) => {
    expect(hasColor(output, env)).toBe(expected);
  });

  test("are really printed", async () => {
    const { ui, err } = await printer({ env: { FORCE_COLOR: "1" } });
    ui.error(failure);
    expect(err()).toContain("\u001B[31merror:\u001B[39m");
  });
});
