import { describe, expect, it } from "vitest";

import type { AnswerRecord } from "../../../src/answers/options.js";
import { type Ask, resolveAnswers, type Resolved } from "../../../src/answers/resolve.js";
import { type Answers, options, stack } from "../../../src/stacks/registry.js";
import { containing } from "../support.js";

/** Answers each question with what was prepared, else with what was filled in; keeps the questions. */
function scripted(prepared: Readonly<Record<string, string>> = {}): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const said = (message: string, filled: string): Promise<string> => {
    asked.push(message);
    return Promise.resolve(prepared[message] ?? filled);
  };
  const ask: Ask = {
    text: async ({ message, filled, check }) => {
      const value = await said(message, filled);
      const problem = await check(value);
      if (problem !== undefined) throw new Error(problem.code);
      return value;
    },
    choice: (message, _choices, chosen) => said(message, chosen),
    list: async (message, _choices, chosen) =>
      (await said(message, chosen.join(","))).split(",").filter(Boolean),
  };
  return { ask, asked };
}

function resolve(
  flags: AnswerRecord,
  more: { config?: AnswerRecord; ask?: Ask } = {},
): Promise<Resolved<Answers>> {
  const { config = {}, ask } = more;
  const { reserved } = stack;
  return resolveAnswers({ table: options, flags, config, ask, reserved, cwd: "/home/me/work" });
}

describe("where an answer comes from", () => {
  it("a flag wins over the configuration file, that over the person, that over the default", async () => {
    const { ask, asked } = scripted({
      "E-mail address of the first administrator?": "me@person.io",
    });
    const config = { database: "postgres", directory: "from-config" };

    const { answers } = await resolve({ directory: "from-flag" }, { config, ask });

    expect(answers).toMatchObject({
      directory: "from-flag",
      database: "postgres",
      adminEmail: "me@person.io",
      ci: "github",
    });
    expect(asked).toEqual(["Which optional parts?", "E-mail address of the first administrator?"]);
  });

  it("a person is asked four things at most, each with its default filled in", async () => {
    const { ask, asked } = scripted();

    const { answers, names } = await resolve({}, { ask });

    expect(asked).toEqual([
      "Where should the project go?",
      "Which database in development?",
      "Which optional parts?",
      "E-mail address of the first administrator?",
    ]);
    expect(answers).toMatchObject({
      directory: "my-api",
      database: "sqlite",
      features: ["uploads", "email"],
    });
    expect(names.title).toBe("My API");
  });

  it("where nobody can be asked the defaults hold, and the folder has to be given", async () => {
    await expect(resolve({ directory: "x" })).resolves.toMatchObject({
      answers: { adminEmail: "admin@example.com", database: "sqlite", docker: true, start: false },
    });
    await expect(resolve({})).rejects.toMatchObject({
      code: "directory.missing",
      exitCode: 2,
      hint: containing("create-secure-api my-api"),
    });
  });
});

describe("the name", () => {
  it.each([
    ["my-shop", "My Shop"],
    ["a/b/my-shop", "My Shop"],
    ["./my-shop/", "My Shop"],
    [".", "Work"],
    ["..", "Me"],
  ])("is the folder's: %s", async (directory, title) => {
    expect((await resolve({ directory })).names.title).toBe(title);
  });

  it("can be given apart from the folder", async () => {
    const { names } = await resolve({ directory: "1st try", name: "My Shop" });
    expect(names.slug).toBe("my-shop");
  });

  it.each([{ directory: "json" }, { directory: "1st" }, { directory: "x", name: "a;b" }])(
    "is refused in time: %j",
    async (flags) => {
      await expect(resolve(flags)).rejects.toMatchObject({ exitCode: 2 });
    },
  );

  it("is checked while the folder is asked for", async () => {
    const { ask } = scripted({ "Where should the project go?": "json" });
    await expect(resolve({}, { ask })).rejects.toThrow("name.reserved");
  });
});

describe("an option that needs another", () => {
  it("chooses it, so that nobody has to say it twice", async () => {
    const { answers } = await resolve({ directory: "x", databaseUrl: "postgresql://h/d" });
    expect(answers.database).toBe("postgres");
  });

  it("contradicts another choice", async () => {
    const flags = { directory: "x", database: "sqlite", databaseUrl: "postgresql://h/d" };
    await expect(resolve(flags)).rejects.toMatchObject({ code: "options.contradict", exitCode: 2 });
  });
});
