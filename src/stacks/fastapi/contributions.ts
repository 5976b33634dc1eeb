import type { View } from "../stack.js";
import { camelCase, chosen, FEATURES, precedingRevisions } from "./features.js";
import type { Contribution, Feature, Import, Mail } from "./features/feature.js";
import { modelsBody, routersBody } from "./listing.js";
import { importLine, naturally } from "./python.js";

/** Routers, models and commands that every project has. */
const ROUTERS = ["audit_events", "auth", "profile", "registration", "sessions", "users"];
const MODELS: Readonly<Record<string, readonly string[]>> = {
  audit: ["AuditHead", "AuditRecord"],
  idempotency: ["IdempotencyKey"],
  login_throttle: ["LoginThrottle"],
  refresh_token: ["RefreshToken"],
  session: ["Session"],
  user: ["User"],
};
const COMMANDS = ["admin", "audit", "check", "keys", "sessions", "unlock"];

const UNLESS_IT_WAS_YOU = String.raw`"\n\nIf it was not you, choose a new password now, and write to us:\n\n{site}",`;

/** Which optional parts there are: `has.twoFactor`. */
export function presence(names: readonly string[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(FEATURES.map(({ id }) => [camelCase(id), names.includes(id)]));
}

/** What the chosen optional parts add to the files that every project has. */
export function contributions(names: readonly string[]): View {
  const features = chosen(names);
  return {
    migrations: precedingRevisions(names),
    routers: routers(features),
    models: models(features),
    commands: commands(features),
    settings: settings(features),
    lifespan: lifespan(features),
    signIn: merged(features.flatMap(({ signIn }) => signIn ?? [])),
    proof: merged(features.flatMap(({ proof }) => proof ?? [])),
    signedIn: features.flatMap(({ signedIn = [] }) => signedIn),
    stepUp: stepUp(features),
    mails: mails(features.flatMap((feature) => feature.mails ?? [])),
    factorChanged: merged(features.flatMap(({ factorChanged }) => factorChanged ?? [])),
    protocols: protocolsOf(features),
    accountEnds: accountEnds(features),
    credentials: credentials(features),
    limits: features.flatMap(({ limits = [] }) => limits),
    events: features.flatMap(({ events = [] }) => events),
    shownOnce: tuple(
      features.flatMap(({ shownOnce = [] }) => shownOnce.map((field) => `"${field}"`)),
    ),
    publicRoutes: features.flatMap(({ publicRoutes = [] }) => publicRoutes),
    requirements: features.flatMap(({ requirements = [] }) => requirements),
    devRequirements: features.flatMap(({ devRequirements = [] }) => devRequirements),
    checks: {
      untyped: features
        .flatMap(({ untyped = [] }) => untyped.map((name) => `, "${name}"`))
        .join(""),
      edge: features.flatMap(({ edge = [] }) => edge.map((name) => ` : ${name}`)).join(""),
      asgi: features.flatMap(({ asgi = [] }) => asgi),
    },
  };
}

/** The registries are written by the same hand that `generate` completes them with. */
function routers(features: readonly Feature[]): View {
  const names = [...ROUTERS, ...features.flatMap((feature) => feature.routers ?? [])];
  const imports = names.map((name) => ({
    module: `app.api.v1.${name}`,
    names: [`router as ${name}`],
  }));
  return { body: routersBody({ imports, listed: names }).trimEnd() };
}

function models(features: readonly Feature[]): View {
  const modules = [MODELS, ...features.map((feature) => feature.models ?? {})].flatMap((one) =>
    Object.entries(one),
  );
  const imports = modules.map(([module, names]) => ({ module: `app.models.${module}`, names }));
  const listed = modules.flatMap(([, classes]) => classes);
  return { body: modelsBody({ imports, listed }).trimEnd() };
}

function commands(features: readonly Feature[]): View {
  const names = [...COMMANDS, ...features.flatMap((feature) => feature.commands ?? [])].sort(
    naturally,
  );
  return { import: importLine("app.management", names), names };
}

function settings(features: readonly Feature[]): View {
  const mixins = features.flatMap((feature) => feature.settings ?? []);
  return {
    imports: importLines(mixins),
    bases: [...mixins.map(({ name }) => name), "DatabaseSettings"].join(", "),
    problems: mixins.flatMap(({ problems }) => problems ?? []),
    secrets: mixins.flatMap(({ secrets = [] }) => secrets),
  };
}

const OPEN = "async with";

/** `yield` alone, or within whatever is open while the application serves. */
function lifespan(features: readonly Feature[]): View {
  const opened = features.flatMap(({ lifespans = [] }) => lifespans);
  const calls = opened.map(({ name }) => `${name}(api)`);
  const body = calls.length === 0 ? ["yield"] : [`${OPEN} ${calls.join(", ")}:`, "    yield"];
  return { imports: importLines(opened), body: body.map((line) => `        ${line}`) };
}

/** What happens in one file, at two places: when an account is deactivated, and when it is removed. */
function accountEnds(features: readonly Feature[]): View {
  const deactivation = features.flatMap((feature) => feature.deactivation ?? []);
  const erasure = features.flatMap((feature) => feature.erasure ?? []);
  return {
    imports: importLines([...deactivation, ...erasure].flatMap(({ imports }) => imports)),
    deactivation: deactivation.flatMap(({ lines }) => lines),
    erasure: erasure.flatMap(({ lines }) => lines),
  };
}

/** The members of a tuple: a single one needs its comma. */
function credentials(features: readonly Feature[]): View {
  const classes = features.flatMap((feature) => feature.credentials ?? []);
  const calls = classes.map(({ name }) => `${name}()`);
  const items = calls.length === 1 ? `${calls.join("")},` : calls.join(", ");
  return { imports: importLines(classes), items };
}

/** Members of `MailKind`, and entries of `TEXTS`, whose last sentence they share. */
function mails(all: readonly Mail[]): View {
  return {
    kinds: all.map(({ kind }) => kind),
    texts: all.flatMap(({ kind, subject, text }) => [
      `MailKind.${kind}: (`,
      ...[`"${subject}",`, ...text, UNLESS_IT_WAS_YOU].map((line) => `    ${line}`),
      "),",
    ]),
  };
}

function stepUp(features: readonly Feature[]): View {
  const checks = features.flatMap((feature) => feature.stepUp ?? []);
  return { imports: importLines(checks), checks: tuple(checks.map(({ name }) => name)) };
}

/** Empty, of one with its comma, or of several. */
function tuple(items: readonly string[]): string {
  return items.length === 1 ? `(${String(items[0])},)` : `(${items.join(", ")})`;
}

const NO_PROTOCOLS: Contribution = {
  imports: [],
  lines: [
    "# uvicorn would speak WebSocket wherever a library for it happens to be installed.",
    '"ws": "none",',
  ],
};

function protocolsOf(features: readonly Feature[]): View {
  const own = features.flatMap(({ protocols }) => protocols ?? []);
  return merged(own.length > 0 ? own : [NO_PROTOCOLS]);
}

function merged(parts: readonly Contribution[]): View {
  return {
    imports: importLines(parts.flatMap(({ imports }) => imports)),
    lines: parts.flatMap(({ lines }) => lines),
  };
}

function importLines(imports: readonly Import[]): readonly string[] {
  return imports.map(({ module, name }) => importLine(module, [name]));
}
