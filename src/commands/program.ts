import { Command, Option } from "commander";

import { options } from "../stacks/registry.js";
import type { Context } from "./context.js";
import { addFlags, readFlags } from "./flags.js";
import { addWriteModes, type Modes, readModes } from "./modes.js";

/** Gives a command its context, and takes it back when the command has ended. */
export type Enter = (modes: Modes, run: (context: Context) => Promise<void>) => Promise<void>;

/** The whole command line. Nothing heavy is imported until a command runs. */
export function buildProgram(version: string, enter: Enter): Command {
  const program = new Command("create-secure-api")
    .description("Create a secure API project, install it, migrate it and prove that it runs.")
    .version(version)
    .usage("[directory] [options]")
    .enablePositionalOptions()
    .helpCommand(false)
    .showSuggestionAfterError();
  addCreate(program, enter);
  // The same by its name, for who prefers to say it.
  addCreate(program.command("create", { hidden: true }).description("create a project"), enter);
  return silence(program);
}

function addCreate(command: Command, enter: Enter): void {
  addFlags(command, options);
  command
    .addOption(new Option("-y, --yes", "take the defaults for what is not given; ask nothing"))
    .addOption(new Option("--config <file>", "answers from a JSON file; flags win over it"));
  addWriteModes(command);
  command.action(async (directory: string | undefined, typed: Record<string, unknown>) => {
    const modes = readModes(command);
    const request = {
      ...modes,
      flags: readFlags(command, options, directory),
      config: typeof typed.config === "string" ? typed.config : undefined,
      yes: typed.yes === true,
    };
    await enter(modes, async (context) => {
      const { create } = await import("./create.js");
      await create(request, context);
    });
  });
}

/** Errors are thrown to whoever called, who knows how to print them. */
function silence(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const below of command.commands) silence(below);
  return command;
}
