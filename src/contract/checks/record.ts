import type { Check } from "../check.js";
import { effectChecks } from "./config/effects.js";
import { fileChecks } from "./config/files.js";
import { encryptionChecks } from "./data/encryption.js";
import { rowChecks } from "./data/rows.js";
import { transportChecks as databaseChecks } from "./data/transport.js";
import { workflowChecks } from "./deps/workflows.js";
import { chainChecks } from "./logs/chain.js";
import { eventChecks } from "./logs/events.js";
import { secretChecks } from "./logs/secrets.js";

/** What is written down: in the log, in the audit log, in the database and in the project's files. */
export const recordChecks: readonly Check[] = [
  ...secretChecks,
  ...eventChecks,
  ...chainChecks,
  ...fileChecks,
  ...effectChecks,
  ...encryptionChecks,
  ...rowChecks,
  ...databaseChecks,
  ...workflowChecks,
];
