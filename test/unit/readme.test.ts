import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { fieldsTable } from "../../scripts/docs/fields.js";
import { readPart } from "../../scripts/docs/parts.js";
import { FIELD_TYPES } from "../../src/answers/fieldtypes.js";
import { USUAL_FLAGS } from "../../src/answers/resource.js";
import { buildProgram } from "../../src/commands/program.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

function kebab(flag: string): string {
  return flag.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

it("the README has the table of the types that exist, and every flag", () => {
  expect(readPart(readme, "fields")).toBe(fieldsTable(FIELD_TYPES));
  for (const flag of Object.keys(USUAL_FLAGS)) expect(readme).toContain(`--${kebab(flag)}`);
});

it("the help of `generate resource` names every type and every flag", () => {
  const program = buildProgram("1.2.3", () => Promise.resolve());
  const generate = program.commands.find((command) => command.name() === "generate");
  const resource = generate?.commands.find((command) => command.name() === "resource");
  let help = "";
  resource?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  for (const { usage } of Object.values(FIELD_TYPES)) expect(help).toContain(usage);
  for (const flag of Object.keys(USUAL_FLAGS)) expect(help).toContain(`--${kebab(flag)}`);
});
