import { setMaxListeners } from "node:events";

import { cancelled } from "../errors.js";
import { killEveryGroup } from "./groups.js";

/** Tells when the user, or the system, wants this run to end. */
export interface Interrupt {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Turn the first signal into an abort, so that the run unwinds: children are ended, a half-written
 * project is removed, what is left is said. The second one ends every child at once, in case the first got stuck.
 */
export function watchInterrupt(): Interrupt {
  const controller = new AbortController();
  // Each child and each wait of a long run listens; that many are no leak.
  setMaxListeners(0, controller.signal);
  const onSignal = (): void => {
    if (controller.signal.aborted) killEveryGroup();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  process.on("exit", killEveryGroup);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      process.off("exit", killEveryGroup);
    },
  };
}

/** Stop here when the run was interrupted; a step that has no hint gets that of its story. */
export function throwIfInterrupted(signal: AbortSignal, hint = ""): void {
  if (signal.aborted) throw cancelled(hint);
}
