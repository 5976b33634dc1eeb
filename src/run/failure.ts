/** A program of a step that did not do what it was started for. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  /** The command as a person would type it. */
  readonly shown: string;
  /** What it said, for the user to read. */
  readonly output: string;

  constructor(failure: { message: string; shown: string; output: string }) {
    super(failure.message);
    this.shown = failure.shown;
    this.output = failure.output;
  }
}

/** The last lines of a program's output: the reason of a failure stands at its end. */
export function lastLines(output: string, count = 30): string {
  return output.trimEnd().split(/\r?\n/).slice(-count).join("\n");
}
