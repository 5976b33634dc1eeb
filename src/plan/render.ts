import Handlebars from "handlebars";

import type { View } from "../stacks/stack.js";

type Helpers = Readonly<Record<string, (text: string) => string>>;

/** Helpers of the engine that a template may use; the rest are a stack's quoting helpers. */
export const BLOCK_HELPERS = ["if", "unless", "each"] as const;

/** The engine's own, with which a template could reach for what the manifest or the view should decide. */
const UNWANTED_HELPERS = ["lookup", "log", "with"];

/** Turn one template into text. Unknown values and unknown helpers are errors, nothing is escaped behind our back. */
export type Render = (template: string, view: View) => string;

export function renderer(
  helpers: Helpers,
  partials: ReadonlyMap<string, string> = new Map(),
): Render {
  const engine = Handlebars.create();
  for (const name of UNWANTED_HELPERS) engine.unregisterHelper(name);
  engine.registerHelper(helpers);
  engine.registerPartial(Object.fromEntries(partials));
  const known = [...BLOCK_HELPERS, ...Object.keys(helpers)];
  const options: CompileOptions = {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(known.map((name) => [name, true])),
  };
  return (template, view) => engine.compile<View>(template, options)(view);
}
