import type { Argv, Environment } from "../stacks/stack.js";
import { endGroup, track } from "./groups.js";
import { platform } from "./platform.js";

/** A program that answers one JSON object a line, in the order in which it is asked. */
export interface Dialogue {
  /** The answer's `result`; its `error` is thrown. */
  readonly ask: (question: object) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Start a program to talk to. */
export async function openDialogue(start: {
  readonly argv: Argv;
  readonly cwd: string;
  readonly env: Environment;
}): Promise<Dialogue> {
  const { execa } = await import("execa");
  const [command, ...args] = start.argv;
  const child = execa(command, args, {
    ...{ cwd: start.cwd, env: { ...start.env }, stdin: "pipe", buffer: { stdout: false } },
    ...{ reject: false, cleanup: false, windowsHide: true, detached: platform() === "posix" },
  });
  const { pid } = child;
  if (pid !== undefined) track(pid);
  const queue: Waiting[] = [];
  const state: { over?: Error } = {};
  // Who asks a program that has just ended is told so below.
  child.stdin.on("error", () => undefined);
  const listen = async (): Promise<void> => {
    for await (const line of child.iterable()) settle(queue.shift(), line);
  };
  const ended = Promise.allSettled([listen(), child]).then(async () => {
    const { stderr } = await child;
    const said = typeof stderr === "string" ? stderr.trim().split("\n").at(-1) : "";
    state.over = new Error(`The inspector ended. ${said}`);
    for (const { reject } of queue.splice(0)) reject(state.over);
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (state.over !== undefined) {
          reject(state.over);
          return;
        }
        queue.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(question)}\n`);
      }),
    close: async () => {
      child.stdin.end();
      if (pid !== undefined) await endGroup(pid, 0);
      await ended;
    },
  };
}

function settle(waiting: Waiting | undefined, line: string): void {
  const reply: unknown = JSON.parse(line);
  const said = (name: string): unknown =>
    typeof reply === "object" && reply !== null ? Reflect.get(reply, name) : undefined;
  if (said("ok") === true) waiting?.resolve(said("result"));
  else waiting?.reject(new Error(String(said("error"))));
}
