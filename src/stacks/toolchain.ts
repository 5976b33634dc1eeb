/** What a stack tells `run/` about its programs: data and pure judgements, never an action. */

/** The two families of file layout and process control. */
export type Platform = "posix" | "windows";

/** A program as the operating system starts it: an argument array, never a line for a shell. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input; the way for a secret, since arguments are visible to every user. */
  readonly input?: string;
  readonly timeoutSeconds?: number;
}

/** What a stack makes of the answer of a candidate program. */
export type Judgement =
  | { readonly kind: "fit"; readonly version: string; readonly path?: string }
  | { readonly kind: "unfit"; readonly reason: string; readonly hint?: string };

/** A candidate that is there but does not do, and why. */
export interface Refusal {
  readonly command: string;
  readonly reason: string;
  readonly hint?: string | undefined;
}

/** One tool that the stack looks for on this machine. */
export interface ToolRequirement {
  readonly id: string;
  /** In order of preference; a candidate for one platform only says so. */
  readonly candidates: readonly (Command & { readonly only?: Platform })[];
  /** Arguments that make a candidate describe itself on standard output. */
  readonly probe: readonly string[];
  readonly judge: (output: string) => Judgement;
  /** What to say when no candidate does; absent where the tool is optional. */
  readonly missing?: (refusals: readonly Refusal[], platform: Platform) => MissingTool;
}

/** The sentence and the next step for a tool that is not there. */
export interface MissingTool {
  readonly message: string;
  readonly hint: string;
}

/** A tool that was found: how to start it, and what it said of itself. */
export interface Tool {
  readonly id: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly version: string;
  /** The resolved program, where the candidate told it. */
  readonly path?: string | undefined;
}

/** Everything found on this machine, by the requirement's id; an absent optional tool is not in it. */
export interface Machine {
  readonly platform: Platform;
  readonly tools: Readonly<Record<string, Tool>>;
}

/** One step after the files are written: commands that run one after the other in the project. */
export interface Step {
  readonly name: string;
  /** What is being done, for the progress line: "Install dependencies". */
  readonly title: string;
  readonly commands: readonly Command[];
  /** The lines a user types in the project to do the rest by hand, from this step on. */
  readonly resume: readonly string[];
}

/** How the project's development server is started. */
export interface Server {
  readonly port: number;
  readonly start: (port: number) => Command;
}
