import type { Check } from "../check.js";
import { fieldChecks } from "./authz/fields.js";
import { objectChecks } from "./authz/objects.js";
import { secretChecks } from "./authz/secrets.js";
import { surfaceChecks } from "./authz/surface.js";
import { jsonChecks } from "./input/json.js";
import { listChecks } from "./input/lists.js";
import { queryChecks } from "./input/queries.js";
import { valueChecks } from "./input/values.js";
import { limitChecks } from "./rate/limits.js";
import { resilienceChecks } from "./rate/resilience.js";
import { hostChecks } from "./cors/hosts.js";
import { originChecks } from "./cors/origins.js";
import { defenceChecks } from "./headers/defences.js";
import { transportChecks } from "./headers/transport.js";
import { answerChecks } from "./errors/answers.js";
import { failureChecks } from "./errors/failures.js";
import { bodyChecks } from "./dos/bodies.js";
import { crowdChecks } from "./dos/crowds.js";
import { documentChecks } from "./docs/document.js";

/** What anybody can try from outside: who may do what, what is taken in, how often, and what is answered. */
export const edgeChecks: readonly Check[] = [
  ...fieldChecks,
  ...objectChecks,
  ...surfaceChecks,
  ...secretChecks,
  ...jsonChecks,
  ...listChecks,
  ...queryChecks,
  ...valueChecks,
  ...limitChecks,
  ...resilienceChecks,
  ...hostChecks,
  ...originChecks,
  ...defenceChecks,
  ...transportChecks,
  ...answerChecks,
  ...failureChecks,
  ...bodyChecks,
  ...crowdChecks,
  ...documentChecks,
];
