import { existsSync } from "node:fs";
import path from "node:path";

import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";

import { sha256 } from "../../src/commands/secrets.js";
import { loadTemplates, templatesFolder } from "../../src/disk/templates.js";
import { planProject } from "../../src/plan/project.js";
import { BLOCK_HELPERS } from "../../src/plan/render.js";
import { options, stack } from "../../src/stacks/registry.js";
import type { View } from "../../src/stacks/stack.js";
import { templates as fixture } from "./plan/fixture.js";
import { combinations, projectOf, SECRETS } from "./support.js";
import { resourceViews } from "./views.js";

const folder = path.join(templatesFolder, stack.folder);
const real = existsSync(folder) ? await loadTemplates(folder) : new Map<string, string>();
const templates = new Map([...fixture, ...real]);
/** What the plan adds for the files that list claims. */
const LISTED = { claims: "" };
const views = templates.size === 0 ? [] : [{ ...stack.view(await projectOf()), ...LISTED }];
const allWithValues = [...templates].filter(([name]) => name.endsWith(".hbs"));
const withValues = allWithValues.filter(([name]) => !name.startsWith("resource/"));
/** The templates of a resource say its names on most lines, and each has a view of its own. */
const ofResources = allWithValues.filter(([name]) => name.startsWith("resource/"));

const roots = Object.keys(stack.view(await projectOf())).join("|");
/** Ours, not the double braces of other languages. */
const EXPRESSION = new RegExp(String.raw`\{\{(?:[#/]|\w* ?(?:${roots})\.)`, "u");
/** A setting with a value that somebody could leave as it is. Lists of refused words are something else. */
const PLACEHOLDER =
  /^[#\s-]*\w*(?:SECRET|PASSWORD|KEYS?)\w*\s*[=:]\s*["']?(?:change|your|secret|example|password|insecure)/mu;

/** What is wrong with a template, found in its syntax tree: `strict` sees only what is rendered. */
function lint(template: string, view: View): readonly string[] {
  const problems: string[] = [];
  const blocks: readonly string[] = BLOCK_HELPERS;
  const quotes = Object.keys(stack.quoting);
  let depth = 0;

  function known(expression: hbs.AST.Expression, locals: readonly string[]): void {
    if (expression.type !== "PathExpression") return;
    const name = pathOf(expression);
    if (locals.includes(name) || name === "this" || name.startsWith("@")) return;
    if (valueAt(view, name) === undefined) problems.push(`${name} is not in the view`);
  }

  class Lint extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      const name = pathOf(node.path);
      if (node.params.length === 0) {
        known(node.path, []);
        if (stack.typed.includes(name)) problems.push(`${name} is not quoted`);
        return;
      }
      if (!quotes.includes(name)) problems.push(`${name} is not a quoting helper`);
      for (const parameter of node.params) known(parameter, []);
    }

    override BlockStatement(node: hbs.AST.BlockStatement): void {
      const name = pathOf(node.path);
      if (!blocks.includes(name)) problems.push(`${name} is not a block helper`);
      for (const parameter of node.params) known(parameter, []);
      depth += 1;
      if (depth > 1) problems.push("a condition stands in a condition");
      super.BlockStatement(node);
      depth -= 1;
    }

    override PartialStatement(node: hbs.AST.PartialStatement): void {
      const name = pathOf(node.name);
      if (!templates.has(`partials/${name}.hbs`)) problems.push(`${name} is not a partial`);
    }
  }

  new Lint().accept(Handlebars.parse(template));
  return problems;
}

function pathOf(node: hbs.AST.Node): string {
  const original: unknown = Reflect.get(node, "original");
  return String(original);
}

function valueAt(view: View, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? Reflect.get(value, key)
          : undefined,
      view,
    );
}

describe("the lint of templates finds", () => {
  const view: View = { name: { title: "x", slug: "x" }, has: { docker: true }, list: ["a"] };

  it.each([
    ["{{name.titel}}", "name.titel is not in the view"],
    ["{{#if has.dokcer}}x{{/if}}", "has.dokcer is not in the view"],
    ["{{#unless nothing}}x{{/unless}}", "nothing is not in the view"],
    ["{{shout name.slug}}", "shout is not a quoting helper"],
    ["{{py name.titel}}", "name.titel is not in the view"],
    ["{{name.title}}", "name.title is not quoted"],
    ["{{#name}}x{{/name}}", "name is not a block helper"],
    ["{{#if has.docker}}{{#if has.docker}}x{{/if}}{{/if}}", "a condition stands in a condition"],
    ["{{> other}}", "other is not a partial"],
  ])("%s", (template, problem) => {
    expect(lint(template, view)).toContain(problem);
  });

  it("nothing in a template that is right", () => {
    const template = "{{py name.title}} {{name.slug}} {{#each list}}{{this}}{{/each}}";
    expect(lint(template, view)).toEqual([]);
  });
});

describe("every template with values", () => {
  it.each(withValues)(
    "%s says only what the view holds, and quotes what was typed",
    (_, template) => {
      expect(views.flatMap((view) => lint(template, view))).toEqual([]);
    },
  );

  // Settings are values and nothing else.
  it.each(withValues.filter(([name]) => name !== "project/_env.hbs"))(
    "%s is mostly text: values on less than a tenth of its lines",
    (name, template) => {
      const lines = template.split("\n");
      const holes = lines.filter((line) => line.includes("{{") && !line.includes("${{")).length;
      // A file of a few lines is allowed a few holes.
      expect(holes, name).toBeLessThanOrEqual(Math.max(6, lines.length / 10));
    },
  );

  it.each(ofResources)("%s says only what the views of resources hold", (name, template) => {
    const own = resourceViews.filter(({ from }) => `resource/${from}` === name);
    expect(own.length, "no resource has this file").toBeGreaterThan(0);
    expect(own.flatMap(({ view }) => lint(template, view))).toEqual([]);
  });

  it("no other file holds an expression", () => {
    const plain = [...templates].filter(([name]) => !name.endsWith(".hbs"));
    const holes = plain.filter(([, text]) => EXPRESSION.test(text)).map(([name]) => name);
    expect(holes).toEqual([]);
  });
});

describe("every file of every combination", () => {
  const all = combinations(options);

  it("is tried", () => {
    expect(all.length).toBeGreaterThanOrEqual(8);
  });

  it.each(all)("%j", async (answers) => {
    const project = await projectOf(answers);
    const { tree, secret } = planProject({ stack, table: options, project, templates, sha256 });
    const wrong = [...tree].flatMap(([name, { text }]) =>
      problemsOf(text, { isSecret: secret.has(name), isTest: name.startsWith("tests/") }).map(
        (problem) => `${name}: ${problem}`,
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** A test may hold a placeholder: it shows that it is refused. */
function problemsOf(
  text: string,
  { isSecret, isTest }: { isSecret: boolean; isTest: boolean },
): readonly string[] {
  const rules: readonly (readonly [string, boolean])[] = [
    [
      "does not end with one newline",
      text !== "" && (!text.endsWith("\n") || text.endsWith("\n\n")),
    ],
    ["has line ends that are not LF", text.includes("\r")],
    ["holds an expression", EXPRESSION.test(text)],
    ["says undefined", /\bundefined\b|\[object Object\]/u.test(text)],
    ["holds a placeholder secret", !isTest && PLACEHOLDER.test(text)],
    ["holds a secret", !isSecret && Object.values(SECRETS).some((value) => text.includes(value))],
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([problem]) => problem);
}
