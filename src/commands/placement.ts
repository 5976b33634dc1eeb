import type { Command } from "commander";

import { usage } from "../errors.js";

/**
 * Refuse flags that stand before a command. The program takes them for those of `create` without its
 * name, and would drop them: a `--dry-run` there would write.
 */
export function refuseMisplaced(program: Command): void {
  program.hook("preSubcommand", (_, command) => {
    const flags = typedFlags(program);
    if (flags.length === 0) return;
    const meant = within(command, program.args.slice(1));
    const unknown = flags.filter((flag) => !meant.options.some(({ long }) => long === flag));
    throw usage({
      code: "usage.misplaced-option",
      message: `${flags.join(" and ")} ${flags.length === 1 ? "stands" : "stand"} before the command, where nothing reads it.`,
      hint: hintFor(meant, flags, unknown),
    });
  });
}

function hintFor(meant: Command, flags: readonly string[], unknown: readonly string[]): string {
  const path = pathOf(meant);
  const [, ...words] = path;
  if (meant.commands.length > 0) return `For help: ${path.join(" ")} --help`;
  if (unknown.length > 0)
    return `Leave it out: ${words.join(" ")} has no ${unknown.join(" and no ")}.`;
  return `Write it after the command: ${[...path, ...flags].join(" ")}`;
}

/** What was typed of a command's flags, each by its long name. */
function typedFlags(command: Command): readonly string[] {
  return command.options.flatMap((option) => {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== "cli" || option.long === undefined) return [];
    const isOff = command.getOptionValue(name) === false;
    return isOff === option.negate ? [option.long] : [];
  });
}

/** The command that the next words lead to. */
function within(command: Command, [word, ...rest]: readonly string[]): Command {
  const next = command.commands.find((one) => one.name() === word);
  return next === undefined ? command : within(next, rest);
}

function pathOf(command: Command): readonly string[] {
  return [...(command.parent === null ? [] : pathOf(command.parent)), command.name()];
}
