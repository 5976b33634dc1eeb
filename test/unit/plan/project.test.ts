import { describe, expect, it } from "vitest";

import type { AnswerRecord } from "../../../src/answers/options.js";
import { sha256 } from "../../../src/commands/secrets.js";
import type { Plan } from "../../../src/plan/plan.js";
import { planProject } from "../../../src/plan/project.js";
import { options, stack } from "../../../src/stacks/registry.js";
import { projectOf, SECRETS } from "../support.js";
import { templates } from "./fixture.js";

async function plan(flags: AnswerRecord = {}): Promise<Plan> {
  return planProject({ stack, table: options, project: await projectOf(flags), templates, sha256 });
}

describe("the plan of a project", () => {
  it("holds every file of the manifest under its own name, sorted", async () => {
    const { tree, changes } = await plan();

    expect([...tree.keys()]).toEqual([
      ".env",
      ".github/workflows/ci.yml",
      ".gitignore",
      ".secure-api.json",
      "Dockerfile",
      "README.md",
      "app/__init__.py",
      "app/core/constants.py",
      "scripts/check",
    ]);
    expect(changes).toEqual([...tree.keys()].map((path) => ({ path, action: "create" })));
  });

  it.each([
    [{ docker: false }, "Dockerfile"],
    [{ ci: "none" }, ".github/workflows/ci.yml"],
  ])("leaves out what was not asked for: %j", async (flags, path) => {
    expect([...(await plan()).tree.keys()]).toContain(path);
    expect([...(await plan(flags)).tree.keys()]).not.toContain(path);
  });

  it("keeps secrets to their owner and lets scripts be run", async () => {
    const { tree, secret } = await plan();
    expect(tree.get(".env")?.mode).toBe(0o600);
    expect(tree.get("scripts/check")?.mode).toBe(0o755);
    expect(tree.get("README.md")?.mode).toBe(0o644);
    expect([...secret]).toEqual([".env"]);
  });

  it("writes the values in the language of each file", async () => {
    const { tree } = await plan({ databaseUrl: "postgresql://o'neil:x@localhost/app" });
    expect(tree.get("app/core/constants.py")?.text).toBe(
      'PROJECT_NAME = "My API"\nPROJECT_SLUG = "my-api"\n',
    );
    expect(tree.get(".env")?.text).toContain(
      String.raw`DATABASE_URL_DEV='postgresql://o\'neil:x@localhost/app'`,
    );
  });

  it("is the same, byte for byte, whichever answers were given and in whichever order", async () => {
    const features = ["uploads", "email"];
    const one = await plan({ ci: "github", features, database: "sqlite", name: "my-api" });
    const other = await plan({ name: "my-api", adminEmail: "admin@example.com" });

    expect(one.tree.get(".secure-api.json")).toEqual(other.tree.get(".secure-api.json"));
  });

  it("is the same, byte for byte, for the same answers wherever the folder is", async () => {
    const here = await plan({ directory: "my-api" });
    const there = await plan({ directory: "../other/my-api", installer: "pip", git: false });
    expect([...there.tree]).toEqual([...here.tree]);
  });

  it("refuses a manifest that names what is not there", async () => {
    const project = await projectOf();
    const row = stack.manifest(["project/README.md.hbs"]);
    const broken = { ...stack, manifest: () => row };
    const request = { stack: broken, table: options, project, templates: new Map(), sha256 };
    expect(() => planProject(request)).toThrow("README.md.hbs");
  });
});

describe("the record in the project", () => {
  async function record(flags: AnswerRecord = {}): Promise<string> {
    return (await plan(flags)).tree.get(".secure-api.json")?.text ?? "";
  }

  it("holds version, answers, resources and the hash of each file", async () => {
    expect(JSON.parse(await record({ docker: false }))).toEqual({
      generator: { name: "create-secure-api", version: "1.2.3" },
      stack: stack.id,
      answers: {
        name: "My API",
        database: "sqlite",
        features: ["uploads", "email"],
        adminEmail: "admin@example.com",
        docker: false,
        ci: "github",
      },
      resources: [],
      files: {
        ".github/workflows/ci.yml": sha256("name: ci\n"),
        ".gitignore": sha256(".env\n"),
        "README.md": sha256("# My API\n"),
        "app/__init__.py": sha256('"""The application."""\n'),
        "app/core/constants.py": sha256('PROJECT_NAME = "My API"\nPROJECT_SLUG = "my-api"\n'),
        "scripts/check": sha256("#!/bin/sh\n"),
      },
    });
  });

  it("gives away no secret and no password", async () => {
    const text = await record({ databaseUrl: "postgresql://app:hunter2@localhost/app" });
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain(sha256(SECRETS.secretKey));
    expect(text).not.toContain(".env");
  });
});
