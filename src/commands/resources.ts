import { Command, Option } from "commander";

import { addWriteModes, readModes } from "./modes.js";
import type { Enter } from "./program.js";

/** `generate resource` and `destroy resource`. */
export function addResourceCommands(program: Command, enter: Enter): void {
  const generate = program
    .command("generate")
    .alias("g")
    .description("add a part to the project around the current folder")
    .helpCommand(false);
  generate.addCommand(generateCommand(enter));
  const destroy = program
    .command("destroy")
    .alias("d")
    .description("take a part out of the project again")
    .helpCommand(false);
  destroy.addCommand(destroyCommand(enter));
}

/** What follows `--help` of `generate resource`. */
const FIELDS = `
A field is name:type[?][:modifier...][=default]; ? makes it optional.
A name alone, as in title or title?, is a string(255).
  types      string(n), text, html, int, bigint, float, decimal(p,s), bool, date, datetime,
             uuid, email, url, enum(a,b), json, encrypted, ref(Model), refs(Model)
  modifiers  unique (for each owner), unique-global, index, private
Lists are sorted by what is short: not by text, html, json, encrypted, url, references, private
fields and strings of more than 255 characters, which are too long for an index and a cursor.
Quote what your shell would read itself:
  create-secure-api generate resource Invoice 'number:string(20):unique' 'total:decimal(10,2)=0'`;

function generateCommand(enter: Enter): Command {
  const command = new Command("resource")
    .description("add a resource: model, migration, schemas, queries, service, routes and tests")
    .argument("[name]", "its name in the singular: Invoice, BlogPost")
    .argument("[fields...]", "its fields: number:string(20):unique due:date?")
    .option("--plural <name>", "what many of them are called, where English is not enough")
    .option("--public-read", "everybody reads, signed in or not")
    .option("--no-owner", "administrators write, everybody signed in reads")
    .option("--soft-delete", "a deleted row stays, and is seen no more")
    .option("--audit-reads", "reading a row is an event of the audit log")
    .option("--require-if-match", "a change without If-Match is refused")
    .option("--children", "a list under the parent of each reference")
    .addHelpText("after", FIELDS);
  addResourceModes(command);
  return command.action(async (name: string | undefined, fields: readonly string[]) => {
    const typed: Record<string, unknown> = command.opts();
    const isOn = (flag: string): boolean => typed[flag] === true;
    const request = {
      ...resourceModes(command),
      name,
      fields,
      plural: typeof typed.plural === "string" ? typed.plural : undefined,
      flags: {
        publicRead: isOn("publicRead"),
        noOwner: !isOn("owner"),
        softDelete: isOn("softDelete"),
        auditReads: isOn("auditReads"),
        requireIfMatch: isOn("requireIfMatch"),
        children: isOn("children"),
      },
      yes: isOn("yes"),
    };
    await enter(readModes(command), async (context) => {
      const { generateResource } = await import("./generate.js");
      await generateResource(request, context);
    });
  });
}

function destroyCommand(enter: Enter): Command {
  const command = new Command("resource")
    .description("take a resource out: files that you have not edited, its wiring and its table")
    .argument("<name>", "its name: Invoice");
  addResourceModes(command);
  return command.action(async (name: string) => {
    const request = { ...resourceModes(command), name };
    await enter(readModes(command), async (context) => {
      const { destroyResource } = await import("./destroy.js");
      await destroyResource(request, context);
    });
  });
}

function addResourceModes(command: Command): void {
  command
    .option("--no-wiring", "leave the lists of routers and models alone")
    .option("--no-migrate", "do not run the migration")
    .addOption(new Option("-y, --yes", "ask nothing"));
  addWriteModes(command);
}

function resourceModes(command: Command): {
  readonly wiring: boolean;
  readonly migrate: boolean;
  readonly dryRun: boolean;
  readonly diff: boolean;
} {
  const typed: Record<string, unknown> = command.opts();
  const { dryRun, diff } = readModes(command);
  return { wiring: typed.wiring === true, migrate: typed.migrate === true, dryRun, diff };
}
