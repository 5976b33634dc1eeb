import type { Ui } from "../ui.js";

/** What a command gets from the program around it. */
export interface Context {
  readonly cwd: string;
  readonly ui: Ui;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** A person is there to answer. */
  readonly isInteractive: boolean;
  readonly generator: { readonly name: string; readonly version: string };
  /** The folder of templates; the package's own unless a test brings another. */
  readonly templates?: string;
}
