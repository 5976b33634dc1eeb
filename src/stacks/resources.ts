import { resources } from "./fastapi/resource.js";
import { stack } from "./registry.js";
import type { ResourceStack } from "./resource.js";

/** What the one stack knows about resources; apart from the registry, so that `create` need not load it. */
export const resourceStack: ResourceStack = resources;

/** The stacks whose projects this version can add to. */
export const knownStacks: readonly string[] = [stack.id];
