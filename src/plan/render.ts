import Handlebars from "handlebars";

import type { View } from "../stacks/stack.js";

type Helpers = Readonly<Record<string, (text: string) => string>>;

/** Helpers of the engine that a template may use; the rest are a stack's quoting helpers. */
export const BLOCK_HELPERS = ["if", "unless", "each"] as const;

/** Turn one template into text. Unknown values and unknown helpers are errors, nothing is escaped behind our back. */
export type Render = (template: string, view: View) => string;

export function renderer(helpers: Helpers): Render {
  const engine = Handlebars.create();
  engine.registerHelper(helpers);
  const known = [...BLOCK_HELPERS, ...Object.keys(helpers)];
  const options: CompileOptions = {
    strict: true,
    noEscape: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(known.map((name) => [name, true])),
  };
  return (template, view) => engine.compile<View>(template, options)(view);
}
