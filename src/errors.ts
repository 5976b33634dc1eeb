/** Every way the program can end. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  unfinished: 4,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that is not as it must be. Pure code returns it; the edge throws it. */
export interface Problem {
  /** Stable and dotted, for programs: `target.not-empty`. */
  readonly code: string;
  /** What is wrong, with the value that is wrong in quotes. */
  readonly message: string;
  /** What to do about it: a sentence, or commands that work. */
  readonly hint: string;
}

/** Several problems as one, each on a line of its own. */
export function oneProblem(problems: readonly Problem[], help: string): Problem {
  const [first] = problems;
  if (first === undefined) throw new Error("there is no problem");
  if (problems.length === 1) return first;
  const lines = problems.map(({ message, hint }) => `  ${message} ${hint}`);
  return {
    code: first.code,
    message: [`${problems.length} things are wrong:`, ...lines].join("\n"),
    hint: `For help: ${help} --help`,
  };
}

/** Do each piece of work, and refuse with all that they refused as wrong; anything else ends at once. */
export function together(pieces: readonly (() => void)[], help: string): void {
  const problems = pieces.flatMap((work) => {
    try {
      work();
      return [];
    } catch (error) {
      if (error instanceof UserError && error.exitCode === EXIT.usage) return [error];
      throw error;
    }
  });
  if (problems.length > 0) throw usage(oneProblem(problems, help));
}

export interface Failure extends Problem {
  readonly exitCode: ExitCode;
}

/** Something the user can put right. Everything else that is thrown is a bug of ours. */
export class UserError extends Error implements Failure {
  override readonly name = "UserError";
  readonly code: string;
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code;
    this.hint = failure.hint;
    this.exitCode = failure.exitCode;
  }
}

/** The command line or the answers are wrong. */
export function usage(problem: Problem): UserError {
  const { code, message, hint } = problem;
  return new UserError({ code, message, hint, exitCode: EXIT.usage });
}

/** The machine or the target does not allow it, and nothing was written. */
export function refused(problem: Problem, options?: ErrorOptions): UserError {
  return new UserError({ ...problem, exitCode: EXIT.refused }, options);
}

/** The files are there and a later step failed. */
export function unfinished(problem: Problem, options?: ErrorOptions): UserError {
  return new UserError({ ...problem, exitCode: EXIT.unfinished }, options);
}

/** Everything has been said already; all that is left is the exit code. */
export class Told extends UserError {
  constructor(exitCode: ExitCode) {
    super({ code: "told", message: "", hint: "", exitCode });
  }
}

/** The user pressed Ctrl-C, or the process was asked to end. */
export function cancelled(hint: string): UserError {
  return new UserError({
    code: "cancelled",
    message: "Cancelled.",
    hint,
    exitCode: EXIT.cancelled,
  });
}
