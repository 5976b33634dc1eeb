import { Command, Option } from "commander";

import { checkFirstWord } from "../answers/commands.js";
import { usage } from "../errors.js";
import { options } from "../stacks/options.js";
import type { Context } from "./context.js";
import { addFlags, readFlags } from "./flags.js";
import { addModes, addWriteModes, type Modes, readModes } from "./modes.js";
import { refuseMisplaced } from "./placement.js";
import { addResourceCommands } from "./resources.js";
import { addVerifyFlags, readVerifyFlags } from "./verification/flags.js";

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
  addVerify(program.command("verify"), enter);
  addResourceCommands(program, enter);
  refuseMisplaced(program);
  return silence(program);
}

function addCreate(command: Command, enter: Enter): void {
  addFlags(command, options);
  command
    .addOption(new Option("-y, --yes", "take the defaults for what is not given; ask nothing"))
    .addOption(new Option("--config <file>", "answers from a JSON file; flags win over it"));
  addWriteModes(command);
  command.action(async (directory: string | undefined, typed: Record<string, unknown>) => {
    if (command.parent === null && directory !== undefined) refuseMistyped([directory]);
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

/** Refuse a command line that begins with a command's name, but for a letter or a version. */
export function refuseMistyped(words: readonly string[]): void {
  const problem = checkFirstWord(words);
  if (problem !== undefined) throw usage(problem);
}

function addVerify(command: Command, enter: Enter): void {
  command.description("boot the project and attack it: every claim of the security contract");
  addVerifyFlags(command);
  addModes(command);
  command.action(async (typed: Record<string, unknown>) => {
    const request = readVerifyFlags(typed, process.env);
    await enter(readModes(command), async (context) => {
      const { verify } = await import("./verify.js");
      await verify(request, context);
    });
  });
}

/** Errors are thrown to whoever called, who knows how to print them. */
function silence(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  for (const below of command.commands) silence(below);
  return command;
}
