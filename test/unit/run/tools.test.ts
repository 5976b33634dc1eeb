import { describe, expect, test } from "vitest";
import { findTools } from "../../../src/run/tools.js";
import type { Argv, Tool } from "../../../src/stacks/stack.js";
import { node } from "../../fixtures/programs.js";

const { signal } = new AbortController();

function tool(more: Partial<Tool> = {}): Tool {
  return {
    id: "compiler",
    title: "Compiler",
    candidates: (platform) =>
      platform === "windows" ? [["cc.exe"], ["py", "-3"]] : [["cc2"], ["cc1"], ["cc"]],
    probe: ["--version"],
    read: (stdout) => (/^\d/.test(stdout) ? { version: stdout, facts: {} } : undefined),
    suits: ({ version }) => Number(version) >= 2,
    ...more,
  };
}

/** A machine on which these commands print these lines. */
function machine(answers: Readonly<Record<string, string>>) {
  return (argv: Argv): Promise<string | undefined> => Promise.resolve(answers[argv.join(" ")]);
}

describe("the search for a tool", () => {
  test("takes the first candidate that suits, in the order of preference", async () => {
    const ask = machine({ "cc1 --version": "2", "cc --version": "3" });
    const found = await findTools([tool()], { platform: "posix", signal, ask });
    expect(found).toEqual({ compiler: { argv: ["cc1"], version: "2", facts: {} } });
  });

  test("passes over what does not suit, and what is something else", async () => {
    const ask = machine({
      "cc2 --version": "usage: cc2",
      "cc1 --version": "1",
      "cc --version": "2",
    });
    const found = await findTools([tool()], { platform: "posix", signal, ask });
    expect(found.compiler?.argv).toEqual(["cc"]);
  });

  test("keeps the first that does not suit, so that it can be said why", async () => {
    const ask = machine({ "cc1 --version": "1", "cc --version": "0" });
    const found = await findTools([tool()], { platform: "posix", signal, ask });
    expect(found.compiler).toMatchObject({ argv: ["cc1"], version: "1" });
  });

  test("finds nothing on an empty machine", async () => {
    const found = await findTools([tool()], { platform: "posix", signal, ask: machine({}) });
    expect(found).toEqual({ compiler: undefined });
  });

  test("uses the candidates of the platform, arguments included", async () => {
    const ask = machine({ "py -3 --version": "2", "cc --version": "2" });
    const found = await findTools([tool()], { platform: "windows", signal, ask });
    expect(found.compiler?.argv).toEqual(["py", "-3"]);
  });

  test("asks the programs themselves, and survives one that is broken", async () => {
    const candidates = (): Argv[] => [
      ["no-such-program-here"],
      node("process.exitCode = 9"),
      node("console.log(4)"),
    ];
    const found = await findTools([tool({ candidates, probe: [] })], { platform: "posix", signal });
    expect(found.compiler?.version).toBe("4");
  });
});

test("an interrupted search is a cancellation, not an empty machine", async () => {
  const search = { platform: "posix", signal: AbortSignal.abort(), ask: machine({}) } as const;
  await expect(findTools([tool()], search)).rejects.toMatchObject({
    code: "cancelled",
    hint: "Nothing was written.",
  });
});
