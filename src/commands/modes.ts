import { type Command, Option } from "commander";

/** How a command shows what it does. */
export interface Modes {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What `create` and the commands that write files have in common. */
export interface WriteModes extends Modes {
  readonly dryRun: boolean;
  readonly diff: boolean;
}

export function addModes(command: Command): void {
  command
    .addOption(new Option("--json", "print one JSON object on stdout"))
    .addOption(new Option("--quiet", "print the result and errors only"))
    .addOption(new Option("--verbose", "show what the programs that are run print"));
}

export function addWriteModes(command: Command): void {
  command
    .addOption(new Option("--dry-run", "check everything and write nothing"))
    .addOption(new Option("--diff", "like --dry-run, and show the text of every file"));
  addModes(command);
}

export function readModes(command: Command): WriteModes {
  const typed: Record<string, unknown> = command.opts();
  const isOn = (name: string): boolean => typed[name] === true;
  return {
    json: isOn("json"),
    quiet: isOn("quiet"),
    verbose: isOn("verbose"),
    dryRun: isOn("dryRun"),
    diff: isOn("diff"),
  };
}
