import { claims } from "./fastapi/claims.js";
import { finish } from "./fastapi/finish.js";
import { manifest } from "./fastapi/manifest.js";
import { type FastapiAnswers, fastapiOptions } from "./fastapi/options.js";
import { quoting } from "./fastapi/quoting.js";
import { createAdmin, install, migrate, nextSteps, server } from "./fastapi/steps.js";
import { problem, tools } from "./fastapi/tools.js";
import { verification } from "./fastapi/verification.js";
import { databaseEndpoint, typed, view } from "./fastapi/views.js";
import { reserved } from "./fastapi/words.js";
import type { Stack } from "./stack.js";

/** FastAPI on SQLAlchemy: the one stack there is, so far. */
export const fastapi: Stack<FastapiAnswers> = {
  id: "fastapi",
  folder: "fastapi",
  options: fastapiOptions,
  tools,
  reserved,
  manifest,
  view,
  finish,
  claims,
  listings: ["SECURITY.md"],
  quoting,
  typed,
  problem,
  databaseEndpoint,
  install,
  migrate,
  createAdmin,
  server,
  verification,
  nextSteps,
};
