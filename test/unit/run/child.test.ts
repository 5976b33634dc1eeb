import { describe, expect, test } from "vitest";
import { run, start } from "../../../src/run/child.js";
import { endTreeCommand } from "../../../src/run/groups.js";
import { platform } from "../../../src/run/platform.js";
import { FOREVER, isAlive, listener, node, PARENT } from "../../fixtures/programs.js";

describe("a child process", () => {
  test("gives back its exit code and both streams", async () => {
    const argv = node(`console.log("out"); console.error("err"); process.exitCode = 7`);
    const ending = await run({ argv });
    expect(ending.exitCode).toBe(7);
    expect(ending.stdout).toBe("out");
    expect(ending.output).toContain("err");
  });

  test("that does not exist is an ending, not an exception", async () => {
    const ending = await run({ argv: ["no-such-program-here"] });
    expect(ending).toMatchObject({ exitCode: undefined, failure: "ENOENT", output: "" });
  });

  test("gets its arguments as they are, whatever a shell would make of them", async () => {
    const hostile = ["$(id)", "`id`", "a b", "; rm -rf .", "'\"", "*", "%PATH%", "&& x"];
    const argv = node("console.log(JSON.stringify(process.argv.slice(1)))", ...hostile);
    const ending = await run({ argv });
    expect(JSON.parse(ending.stdout)).toEqual(hostile);
  });

  test("reads what it is given and then the end", async () => {
    const argv = node("process.stdin.pipe(process.stdout)");
    expect((await run({ argv, input: "secret\n" })).stdout).toBe("secret");
  });

  test("has nothing to read unless it is given something", async () => {
    const argv = node("process.stdin.on('data', () => {}).on('end', () => console.log('end'))");
    expect((await run({ argv })).stdout).toBe("end");
  });

  test("sees an added variable and not a removed one", async () => {
    process.env.CSA_TEST_REMOVED = "leaked";
    const argv = node("console.log(process.env.CSA_TEST_REMOVED, process.env.CSA_TEST_ADDED)");
    const env = { CSA_TEST_REMOVED: undefined, CSA_TEST_ADDED: "added" };
    const ending = await run({ argv, env });
    delete process.env.CSA_TEST_REMOVED;
    expect(ending.stdout).toBe("undefined added");
  });

  test("tells its lines while they come", async () => {
    const lines: string[] = [];
    const argv = node("console.log('one'); console.error('two')");
    await run({ argv, onLine: (line) => lines.push(line) });
    expect(lines.sort()).toEqual(["one", "two"]);
  });
});

describe("no process survives", () => {
  test("the end of the child that started it", async () => {
    const ending = await run({ argv: node(`${PARENT} child.unref()`) });
    expect(ending.exitCode).toBe(0);
    expect(await isAlive(Number(ending.stdout))).toBe(false);
  });

  test("an interrupt", async () => {
    const controller = new AbortController();
    const { onLine, heard } = listener();
    const child = await start({ argv: node(PARENT + FOREVER), signal: controller.signal, onLine });
    const grandchild = Number(await heard);
    controller.abort();
    await child.ended;
    expect(await isAlive(grandchild)).toBe(false);
  });

  test("an interrupt that came before it was started", async () => {
    const ending = await run({ argv: node(FOREVER), signal: AbortSignal.abort() });
    expect(ending.exitCode).toBeUndefined();
  });

  test("a request to end that it ignores", async () => {
    const { onLine, heard } = listener();
    const deaf = `process.on("SIGTERM", () => {}); console.log("deaf"); ${FOREVER}`;
    const child = await start({ argv: node(deaf), onLine });
    await heard;
    await child.stop();
    expect((await child.ended).exitCode).toBeUndefined();
  });
});

describe("on Windows", () => {
  test("a tree of processes is ended by the tool that walks it", () => {
    expect(endTreeCommand(42)).toEqual(["taskkill", "/pid", "42", "/T", "/F"]);
  });

  test("the platform is recognised by Node's name for it", () => {
    const names = ["win32", "linux", "darwin"] as const;
    expect(names.map(platform)).toEqual(["windows", "posix", "posix"]);
  });
});
