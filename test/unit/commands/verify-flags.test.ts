import { describe, expect, it } from "vitest";

import { readVerifyFlags } from "../../../src/commands/verification/flags.js";
import { UserError } from "../../../src/errors.js";

type Words = Readonly<Record<string, unknown>>;
const SERVER = "postgresql://root@127.0.0.1:5432/postgres";

function refusal(typed: Words, env: Readonly<Record<string, string>> = {}): UserError {
  try {
    readVerifyFlags({ profile: "all", ...typed }, env);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("an empty value", () => {
  const names = ["url", "postgres", "redis", "only", "html", "junit", "sarif"];

  it.each(names)("of --%s is a wrong command line, and not the default", (name) => {
    for (const value of ["", " "]) {
      const { exitCode, message } = refusal({ [name]: value });
      expect([exitCode, message]).toEqual([2, `--${name} has no value.`]);
    }
  });

  it("is also what holds nothing but commas", () => {
    expect(refusal({ only: " ,", list: true }).message).toBe("--only has no value.");
  });

  it("in the environment is as good as none", () => {
    const env = { TEST_DATABASE_URL: "", TEST_REDIS_URL: "" };
    const { postgres, redis } = readVerifyFlags({ profile: "all" }, env);
    expect([postgres, redis]).toEqual([undefined, undefined]);
  });
});

describe("what is no address is refused before anything starts", () => {
  it.each([
    ["postgres", "foo"],
    ["postgres", "sqlite:///a.db"],
    ["postgres", "postgresql://"],
    ["postgres", "postgresql://host:port/db"],
    ["redis", "foo"],
    ["redis", "http://127.0.0.1:6379"],
    ["redis", "redis://"],
    ["redis", "redis://127.0.0.1:x/0"],
  ])("--%s %s", (name, value) => {
    const { exitCode, message, hint } = refusal({ [name]: value });
    expect(exitCode).toBe(2);
    expect(message).toMatch(new RegExp(`^--${name} is not the URL of a [^.]+ server\\.$`));
    expect(hint).toContain(`--${name} ${name}`);
  });

  it("without saying it again: it may hold a password", () => {
    const { message, hint } = refusal({ postgres: "mysql://root:hunter2@127.0.0.1/a" });
    expect(message + hint).not.toContain("hunter2");
  });

  it("by the name of the variable that it came from", () => {
    const { message } = refusal({}, { TEST_DATABASE_URL: "sqlite:///a.db" });
    expect(message).toBe("TEST_DATABASE_URL is not the URL of a PostgreSQL server.");
  });

  it.each<Words>([{ list: true }, { url: "http://127.0.0.1" }, { profile: "development" }])(
    "but not a variable that nothing asks for: %j",
    (typed) => {
      const env = { TEST_DATABASE_URL: "sqlite:///a.db", TEST_REDIS_URL: "unix:///r" };
      const { postgres, redis } = readVerifyFlags({ profile: "all", ...typed }, env);
      expect([postgres, redis]).toEqual([undefined, undefined]);
    },
  );
});

describe("what is understood", () => {
  it.each([
    [SERVER, SERVER],
    ["postgres://me:s%40t@db.example:6543/x?sslmode=require", undefined],
    ["postgresql://localhost/postgres", undefined],
    ["postgresql://[::1]:5432/postgres", undefined],
  ])("--postgres %s", (given, wanted) => {
    const { postgres } = readVerifyFlags({ profile: "all", postgres: given }, {});
    expect(postgres).toBe(wanted ?? given.replace(/^postgres:/, "postgresql:"));
  });

  it.each(["redis://127.0.0.1:6379/15", "rediss://:secret@redis.example"])(
    "--redis %s",
    (redis) => {
      expect(readVerifyFlags({ profile: "all", redis }, {}).redis).toBe(redis);
    },
  );

  it("before the environment, which fills in", () => {
    const env = { TEST_DATABASE_URL: SERVER, TEST_REDIS_URL: "redis://127.0.0.1/1" };
    const given = { profile: "all", redis: "redis://127.0.0.1/2", only: "jwt, AUTH-01" };
    expect(readVerifyFlags(given, env)).toMatchObject({
      postgres: SERVER,
      redis: "redis://127.0.0.1/2",
      only: ["jwt", "AUTH-01"],
    });
  });
});
