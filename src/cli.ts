import { CommanderError } from "commander";

import type { Context } from "./commands/context.js";
import type { Modes } from "./commands/modes.js";
import { buildProgram, refuseMistyped } from "./commands/program.js";
import { readPackage } from "./disk/package.js";
import { EXIT, type ExitCode, refused, Told, UserError } from "./errors.js";

/** Run the program with the words after its name, and end the process. */
export async function main(words: readonly string[]): Promise<void> {
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  const exitCode = await run(words);
  // Only once everything is written: an exit cuts off what a pipe has not taken yet.
  process.stdout.write("", () => setImmediate(() => process.exit(afterOutput(exitCode, failure))));
}

/** What became of the run, given what became of its output. */
function afterOutput(exitCode: ExitCode, failure: NodeJS.ErrnoException | undefined): ExitCode {
  // The reader went away, as with `| head`: there is nobody left to tell.
  if (failure === undefined || failure.code === "EPIPE") return exitCode;
  process.stderr.write(
    `The result could not be written to standard output (${failure.code ?? failure.message}).\n`,
  );
  return exitCode === EXIT.done ? EXIT.unfinished : exitCode;
}

async function run(words: readonly string[]): Promise<ExitCode> {
  try {
    const { version } = readPackage();
    // Before anything else is said of the rest.
    refuseMistyped(words);
    await buildProgram(version, enter).parseAsync([...words], { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    if (error instanceof Told) return error.exitCode;
    return tell(error, words);
  }
}

async function enter(modes: Modes, work: (context: Context) => Promise<void>): Promise<void> {
  const [{ createUi }, { watchInterrupt }] = await Promise.all([
    import("./ui.js"),
    import("./run/interrupt.js"),
  ]);
  const { signal, dispose } = watchInterrupt();
  try {
    await work({
      cwd: currentFolder(),
      ui: await createUi(modes),
      signal,
      isInteractive: process.stdin.isTTY && process.stderr.isTTY,
      generator: readPackage(),
    });
  } finally {
    dispose();
  }
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    const message = "The current folder does not exist any more.";
    throw refused({ code: "folder.gone", message, hint: "Go to another one." }, { cause });
  }
}

/** Say why it ended. What is not the user's to put right is a bug of ours. */
async function tell(error: unknown, words: readonly string[]): Promise<ExitCode> {
  const { createUi } = await import("./ui.js");
  const ui = await createUi({ json: words.includes("--json") });
  const failure = understood(error, words);
  const said: unknown = error instanceof Error ? error.cause : undefined;
  const output: unknown = said instanceof Error ? Reflect.get(said, "output") : undefined;
  ui.error(failure, typeof output === "string" ? output : undefined);
  return failure.exitCode;
}

function understood(error: unknown, words: readonly string[]): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof CommanderError) return misuse(error, commandIn(words));
  return bug(error);
}

/** The command that was meant, by its name: as much of it as there is. */
function commandIn([first = "", second]: readonly string[]): string {
  const commands: Readonly<Record<string, string>> = {
    ...{ verify: "verify", generate: "generate", destroy: "destroy" },
    ...{ g: "generate", d: "destroy" },
  };
  const command = Object.hasOwn(commands, first) ? (commands[first] ?? "") : "";
  return command !== "verify" && command !== "" && second === "resource"
    ? `${command} resource`
    : command;
}

function misuse(error: CommanderError, command: string): UserError {
  const said =
    error.code === "commander.help" ? `"${command}" does not say what: resource` : error.message;
  const [first = "", ...suggestion] = said.replace(/^error: /, "").split("\n");
  const message = `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, "")}.`;
  const spaces =
    error.code === "commander.excessArguments"
      ? ["A name with spaces needs quotes, and there may be no such command."]
      : [];
  const help = ["For help: create-secure-api", command, "--help"].filter((word) => word !== "");
  const hint = [...suggestion, ...spaces, help.join(" ")].join(" ");
  const code = error.code
    .replace(/^commander\./, "usage.")
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new UserError({ code, message, hint, exitCode: EXIT.usage });
}

function bug(error: unknown): UserError {
  const { name, version } = readPackage();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = `${name} ${version}, node ${process.version}, ${process.platform} ${process.arch}`;
  return new UserError({
    code: "bug",
    message: `This is a bug of ${name}, not of yours.\n${stack}`,
    hint: `${where}\nPlease report it with the lines above; the place is shown by: npm bugs ${name}`,
    exitCode: EXIT.bug,
  });
}
