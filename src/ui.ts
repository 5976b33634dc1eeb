import type { Failure } from "./errors.js";
import { plainProgress, silentProgress, spinner } from "./progress.js";
import type { Output, Palette, Progress } from "./progress.js";

/** What decides how things are printed. */
export interface UiOptions {
  /** One JSON object on standard output instead of sentences. */
  readonly json?: boolean;
  /** No progress: results and errors only. */
  readonly quiet?: boolean;
  /** What the children print, as they print it. */
  readonly verbose?: boolean;
  readonly stdout?: Output;
  readonly stderr?: Output;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Everything that the program prints goes through here: results to stdout, the rest to stderr. */
export interface Ui {
  readonly isJson: boolean;
  readonly isVerbose: boolean;
  /** For text that goes to standard output. */
  readonly palette: Palette;
  /** Begin a step; it ends with one of the progress's methods. */
  step: (title: string) => Progress;
  /** Something worth knowing, on standard error; dropped with --quiet. */
  note: (text: string) => void;
  /** Something that needs a decision; never dropped. */
  warn: (text: string) => void;
  /** The result of the run in sentences; dropped with --json. */
  result: (text: string) => void;
  /** The result of the run as one object; dropped without --json. */
  json: (value: unknown) => void;
  /** Why the run ended without what was asked for, and what the failed program said. */
  error: (failure: Failure, output?: string) => void;
}

const plainPalette: Palette = {
  bold: String,
  dim: String,
  red: String,
  green: String,
  yellow: String,
  cyan: String,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Colours: FORCE_COLOR decides, then NO_COLOR, then whether somebody is looking. */
export function hasColor(output: Output, env: Environment): boolean {
  if (env.FORCE_COLOR !== undefined) return !["0", "false"].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return isWatched(output, env) && env.TERM !== "dumb";
}

/** A person is looking: a terminal that is not a build machine's. */
function isWatched(output: Output, env: Environment): boolean {
  const isCi = env.CI !== undefined && !["", "0", "false"].includes(env.CI);
  return output.isTTY === true && !isCi;
}

/** Make the printer of one run. */
export async function createUi(options: UiOptions = {}): Promise<Ui> {
  const { stdout = process.stdout, stderr = process.stderr, env = process.env } = options;
  const isQuiet = options.quiet ?? false;
  const isVerbose = options.verbose ?? false;
  const isJson = options.json ?? false;
  const palette = await paletteFor(hasColor(stdout, env));
  const paint = await paletteFor(hasColor(stderr, env));
  const say = (text: string): void => void stderr.write(`${text}\n`);
  const isAnimated = isWatched(stderr, env) && env.TERM !== "dumb" && !isVerbose;
  return {
    isJson,
    isVerbose,
    palette,
    step: (title) => {
      if (isQuiet) return silentProgress;
      return isAnimated ? spinner(title, stderr, paint) : plainProgress(title, say, paint);
    },
    note: (text) => {
      if (!isQuiet) say(text);
    },
    warn: (text) => {
      say(`${paint.yellow("warning:")} ${text}`);
    },
    result: (text) => {
      if (!isJson) stdout.write(`${text}\n`);
    },
    json: (value) => {
      if (isJson) stdout.write(`${JSON.stringify(value)}\n`);
    },
    error: (failure, output = "") => {
      if (isJson) stdout.write(`${JSON.stringify(errorObject(failure))}\n`);
      say(errorText(failure, output, paint));
    },
  };
}

async function paletteFor(isColored: boolean): Promise<Palette> {
  if (!isColored) return plainPalette;
  const colors = await import("kleur/colors");
  colors.$.enabled = true;
  return colors;
}

function errorObject({ code, message, hint, exitCode }: Failure): object {
  return { ok: false, code, message, hint, exitCode };
}

function errorText(failure: Failure, output: string, paint: Palette): string {
  const said = output === "" ? [] : [paint.dim(output), ""];
  const hint = failure.hint === "" ? [] : [failure.hint];
  return [...said, `${paint.red("error:")} ${failure.message}`, ...hint].join("\n");
}
