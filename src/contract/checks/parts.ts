import type { Check } from "../check.js";
import { endingChecks } from "./keys/ending.js";
import { makingChecks } from "./keys/making.js";
import { usingChecks } from "./keys/using.js";
import { watchingChecks } from "./keys/watching.js";
import { changeChecks } from "./second-factor/changes.js";
import { codeChecks } from "./second-factor/codes.js";
import { keepingChecks } from "./second-factor/keeping.js";
import { boundChecks } from "./sockets/bounds.js";
import { enteringChecks } from "./sockets/entering.js";
import { livingChecks } from "./sockets/living.js";
import { amountChecks } from "./uploads/amounts.js";
import { kindChecks } from "./uploads/kinds.js";
import { storageChecks as fileStorageChecks } from "./uploads/storage.js";

/** What optional parts of a project promise. */
export const partChecks: readonly Check[] = [
  ...[...kindChecks, ...fileStorageChecks, ...amountChecks],
  ...[...codeChecks, ...changeChecks, ...keepingChecks],
  ...[...makingChecks, ...endingChecks, ...usingChecks, ...watchingChecks],
  ...[...enteringChecks, ...livingChecks, ...boundChecks],
];
