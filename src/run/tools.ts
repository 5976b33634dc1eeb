import type { Argv, FoundTool, FoundTools, Platform, Tool } from "../stacks/stack.js";
import { run } from "./child.js";
import { throwIfInterrupted } from "./interrupt.js";

/** How the search is made. */
export interface Search {
  readonly platform: Platform;
  readonly signal: AbortSignal;
  /** Asks one program to describe itself; undefined when it cannot. */
  readonly ask?: (argv: Argv) => Promise<string | undefined>;
}

/** A program that needs longer than this to say its version would not help anybody. */
const PROBE_SECONDS = 15;

/**
 * Look for every tool, side by side; the candidates of one tool in the order of preference. Where none suits,
 * the first that was there is the answer, so that the stack can say what is wrong with it.
 */
export async function findTools(wanted: readonly Tool[], search: Search): Promise<FoundTools> {
  const searches = wanted.map(async (tool) => [tool.id, await findTool(tool, search)] as const);
  const found = await Promise.all(searches);
  throwIfInterrupted(search.signal, "Nothing was written.");
  return Object.fromEntries(found);
}

async function findTool(tool: Tool, search: Search): Promise<FoundTool | undefined> {
  const ask = search.ask ?? ((argv: Argv) => probe(argv, search.signal));
  let unsuitable: FoundTool | undefined;
  for (const argv of tool.candidates(search.platform)) {
    const answer = await ask([...argv, ...tool.probe]);
    const described = answer === undefined ? undefined : tool.read(answer);
    if (described === undefined) continue;
    if (tool.suits(described)) return { argv, ...described };
    unsuitable ??= { argv, ...described };
  }
  return unsuitable;
}

async function probe(argv: Argv, signal: AbortSignal): Promise<string | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_SECONDS * 1000)]);
  const { exitCode, stdout } = await run({ argv, signal: limit });
  return exitCode === 0 ? stdout : undefined;
}
