import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { listAt } from "../../src/contract/json.js";
import { containing } from "../unit/support.js";
import { isAlive } from "../fixtures/programs.js";
import { launch, outcome } from "./harness.js";
import { install, project, run, tree } from "./projects.js";

const GENERATE = ["generate", "resource", "Invoice", "number:string(20):unique"];
const DESTROY = ["destroy", "resource", "Invoice"];
const ROUTERS = "app/api/v1/__init__.py";

describe("the migration", () => {
  test("that fails leaves the files, and the command that goes on", async () => {
    const root = await project();
    await install(root, 'echo "no such database" >&2; exit 1');
    const { exitCode, stderr } = await run(root, ...GENERATE);
    expect(exitCode).toBe(4);
    expect(stderr).toContain("no such database");
    expect(stderr).toContain(".venv/bin/python -m alembic upgrade head");
    expect(await readdir(join(root, "app/models"))).toContain("invoice.py");
  });

  test("that failed is run by the same command again, and is never forgotten", async () => {
    const root = await project();
    await install(root, "exit 1");
    expect(await run(root, ...GENERATE)).toMatchObject({ exitCode: 4 });
    const before = await tree(root);
    expect(await run(root, ...GENERATE)).toMatchObject({ exitCode: 4 });

    const postponed = await run(root, ...GENERATE, "--no-migrate");
    expect(postponed).toMatchObject({ exitCode: 0, stdout: containing("alembic upgrade head") });
    await rm(join(root, ".venv"), { recursive: true });
    const alone = await run(root, ...GENERATE, "--json");
    expect(listAt(JSON.parse(alone.stdout), "next").join()).toContain("alembic upgrade head");

    await install(root, 'echo "$*" > .venv/asked');
    const again = await run(root, ...GENERATE);
    expect(again).toMatchObject({ exitCode: 0, stdout: containing("No file was changed.") });
    expect(again.stdout).not.toContain("alembic");
    expect(await readFile(join(root, ".venv/asked"), "utf8")).toBe("-m alembic upgrade head\n");
    expect(await tree(root)).toEqual(before);
  });

  test("that is interrupted leaves the files, and no process", async () => {
    const root = await project();
    await install(root, 'sleep 600 & echo "$$ $!" > pids; wait');
    const child = launch(GENERATE, { cwd: root });
    const ended = outcome(child);
    let pids: readonly number[] = [];
    for (let tries = 0; pids.length < 2 && tries < 200; tries += 1) {
      await sleep(50);
      const text = await readFile(join(root, "pids"), "utf8").catch(() => "");
      if (text.includes("\n")) pids = text.trim().split(" ").map(Number);
    }
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    expect([exitCode, stdout, pids.length]).toEqual([130, "", 2]);
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
    expect(stderr).toContain("alembic upgrade head");
    expect(await readdir(join(root, "app/models"))).toContain("invoice.py");
  });

  test("that nobody ran goes with the rest, and leaves every byte as it was", async () => {
    const root = await project();
    await install(root, "exit 0");
    const before = await tree(root);
    expect(await run(root, ...GENERATE)).toMatchObject({ exitCode: 0 });
    expect(await tree(root)).not.toEqual(before);
    expect(await run(root, ...DESTROY)).toMatchObject({ exitCode: 0 });
    expect(await tree(root)).toEqual(before);
  });

  test("has a file of its own, however often in one minute", async () => {
    const root = await project();
    for (let round = 0; round < 3; round += 1) {
      for (const command of [GENERATE, DESTROY]) {
        const { exitCode, stderr } = await run(root, ...command, "--no-migrate");
        expect(exitCode, stderr).toBe(0);
      }
    }
    const names = (await readdir(join(root, "alembic/versions"))).filter((one) =>
      one.includes("invoices"),
    );
    expect(names).toHaveLength(6);
  });
});

describe("nothing is written, and the exit code is 3,", () => {
  async function expectRefusal(
    root: string,
    command: readonly string[],
    ...words: string[]
  ): Promise<void> {
    const before = await tree(root);
    const { exitCode, stdout, stderr } = await run(root, ...command, "--no-migrate", "--json");
    expect(exitCode, stderr).toBe(3);
    const failure: unknown = JSON.parse(stdout);
    expect(failure).toMatchObject({ ok: false, exitCode: 3 });
    expect(Object.keys(failure ?? {})).toEqual(["ok", "code", "message", "hint", "exitCode"]);
    for (const word of words) expect(stdout).toContain(word);
    expect(await run(root, ...command, "--no-migrate", "--dry-run")).toMatchObject({ exitCode });
    expect(await tree(root)).toEqual(before);
  }

  test.skipIf(process.platform === "win32")("through a symbolic link", async () => {
    const root = await project();
    const outside = join(root, "..", "outside");
    await mkdir(outside);
    await symlink(outside, join(root, "tests/invoices"));
    await expectRefusal(root, GENERATE, "symbolic link", "tests/invoices");
    expect(await readdir(outside)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("of a list that is a link, or read-only", async () => {
    const root = await project();
    await chmod(join(root, ROUTERS), 0o444);
    await expectRefusal(root, GENERATE, "read-only", `chmod u+w ${ROUTERS}`);
    await rename(join(root, ROUTERS), join(root, "../mine.py"));
    await symlink(join(root, "../mine.py"), join(root, ROUTERS));
    await expectRefusal(root, GENERATE, "symbolic link");
  });

  test("of a list with the line ends of Windows", async () => {
    const root = await project();
    const text = await readFile(join(root, ROUTERS), "utf8");
    await writeFile(join(root, ROUTERS), text.replaceAll("\n", "\r\n"));
    await expectRefusal(root, GENERATE, "CR LF", "import router as invoices");
  });

  test("of a file that is there already", async () => {
    const root = await project();
    await writeFile(join(root, "app/crud/invoice.py"), "mine\n");
    await expectRefusal(root, GENERATE, "app/crud/invoice.py");
  });

  test("where the record names what is outside, is damaged, or is of a later version", async () => {
    const root = await project();
    expect(await run(root, ...GENERATE, "--no-migrate")).toMatchObject({ exitCode: 0 });
    const path = join(root, ".secure-api.json");
    const record = await readFile(path, "utf8");
    const damages: readonly (readonly [string, string])[] = [
      [
        record.replace('"app/crud/invoice.py"', '"../../etc/passwd"'),
        "does not lie in the project",
      ],
      [record.slice(0, -20), "not a record"],
      ["", "not a record"],
      ["[]", "not a record"],
      [record.replace('"number:string(20):unique"', '"number:money"'), "not a record"],
      [record.replace('"name": "Invoice"', '"name": "$(id)"'), "not a record"],
      [
        record.replace(/"version": "[^"]+"/u, '"version": "99.0.0"'),
        "npx create-secure-api@99.0.0",
      ],
    ];
    for (const [text, word] of damages) {
      await writeFile(path, text);
      await expectRefusal(root, DESTROY, word);
    }
  });

  test("while another resource refers to it", async () => {
    const root = await project();
    for (const words of [
      ["Customer", "name:string"],
      ["Invoice", "customer:ref(customer)", "--children"],
      ["Order", "customers:refs(Customer)"],
    ]) {
      const { exitCode, stderr } = await run(root, "g", "resource", ...words, "--no-migrate");
      expect(exitCode, stderr).toBe(0);
    }
    await expectRefusal(root, ["d", "resource", "Customer"], "Invoice and Order refer to it");
  });
});

test("your own lines in the lists stay", async () => {
  const root = await project();
  const path = join(root, ROUTERS);
  const own = (await readFile(path, "utf8"))
    .replace(
      "from app.api.v1.auth",
      "from app.api.v1.zoo import router as zoo\nfrom app.api.v1.auth",
    )
    .replace("    auth,\n", "    zoo,\n    auth,\n");
  await writeFile(path, own);
  expect(await run(root, ...GENERATE, "--no-migrate")).toMatchObject({ exitCode: 0 });
  const text = await readFile(path, "utf8");
  expect(text).toContain("from app.api.v1.zoo import router as zoo\n");
  expect(text).toContain("    zoo,\n");
  const out = await run(root, ...DESTROY, "--no-migrate", "--no-wiring", "--json");
  expect(JSON.parse(out.stdout)).toMatchObject({ wiring: [] });
  const lines = [`Take out of ${ROUTERS}:`, "  from app.api.v1.invoices import router as invoices"];
  expect(listAt(JSON.parse(out.stdout), "next")).toEqual(expect.arrayContaining(lines));
  expect(await readFile(path, "utf8")).toBe(text);
});
