import type { Check } from "../check.js";
import { accountChecks } from "./auth/account.js";
import { emailChecks } from "./auth/email.js";
import { mailChecks } from "./auth/mail.js";
import { passwordChecks } from "./auth/password.js";
import { storageChecks } from "./auth/storage.js";
import { throttleChecks } from "./auth/throttle.js";
import { startChecks } from "./config/start.js";
import { edgeChecks } from "./edge.js";
import { partChecks } from "./parts.js";
import { recordChecks } from "./record.js";
import { forgedChecks } from "./jwt/forged.js";
import { headerChecks } from "./jwt/header.js";
import { endChecks } from "./sessions/ends.js";
import { lifetimeChecks } from "./sessions/lifetime.js";
import { refreshChecks } from "./sessions/refresh.js";

/** Every check there is; they run in the order of the catalogue. */
export const checks: readonly Check[] = [
  ...[...throttleChecks, ...passwordChecks, ...storageChecks],
  ...[...accountChecks, ...emailChecks, ...mailChecks],
  ...[...refreshChecks, ...endChecks, ...lifetimeChecks],
  ...[...headerChecks, ...forgedChecks, ...startChecks],
  ...edgeChecks,
  ...recordChecks,
  ...partChecks,
];
