import { auth } from "./auth.js";
import { authz } from "./authz.js";
import { config } from "./config.js";
import { cors } from "./cors.js";
import { data } from "./data.js";
import { deps } from "./deps.js";
import { docs } from "./docs.js";
import { dos } from "./dos.js";
import { errors } from "./errors.js";
import { headers } from "./headers.js";
import { input } from "./input.js";
import { jwt } from "./jwt.js";
import { keys } from "./keys.js";
import { logs } from "./logs.js";
import { rate } from "./rate.js";
import { secondFactor } from "./second-factor.js";
import { sessions } from "./sessions.js";
import { sockets } from "./sockets.js";
import { uploads } from "./uploads.js";
import type { Claim, Section } from "./section.js";

/** Everything that is promised of a generated project, in the order in which it is shown. A feature adds its section here. */
export const catalogue: readonly Section[] = [
  auth,
  secondFactor,
  sessions,
  jwt,
  authz,
  input,
  rate,
  cors,
  headers,
  uploads,
  errors,
  logs,
  config,
  data,
  dos,
  deps,
  docs,
  keys,
  sockets,
];

/** Every claim by its id. */
export const claimById: ReadonlyMap<string, Claim> = new Map(
  catalogue.flatMap(({ claims }) => claims.map((claim) => [claim.id, claim] as const)),
);
