import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { run } from "./tools.js";

const PROGRAM = fileURLToPath(new URL("../../bin/create-secure-api.js", import.meta.url));
const CANARY = fileURLToPath(new URL("canary", import.meta.url));
const PASSWORD = "quiet copper otter sails north";

const RESOURCES = [
  ["Customer", "name:string(80)", "email:email:unique", "notes:text?"],
  [
    "Invoice",
    "number:string(20):unique",
    "total:decimal(10,2)",
    "status:enum(draft,sent,paid)=draft",
    "due:date?",
    "customer:ref(Customer)",
  ],
];

/** These end the caller's sign-in: a referee that calls one would only see 401 from then on. */
const ENDS_SIGN_IN =
  /\/auth\/(logout|logout-all|password|two-factor.*|sessions\/.*)$|\/users\/me$/u;

/** A project with every feature and two resources, served; limits raised, or a referee sees only 429. */
export async function startProject(scratch) {
  const everything = "uploads,email,two-factor,api-keys,websocket";
  const made = await cli(scratch, ["project", "--features", everything, "--no-git"]);
  const folder = join(scratch, "project");
  for (const words of RESOURCES) await cli(folder, ["generate", "resource", ...words]);
  const limits = { RATE_LIMIT_AUTH: "100000/minute", RATE_LIMIT_DEFAULT: "100000/minute" };
  const env = { ...limits, ACCESS_TOKEN_EXPIRE_MINUTES: "30", LOG_LEVEL: "WARNING" };
  const server = [".venv/bin/uvicorn", "app.main:app", "--no-proxy-headers", "--no-server-header"];
  const { url, stop } = await serve(server, { folder, env, ready: "/health/ready" });
  const login = { path: "/api/v1/auth/login", url };
  for (const name of ["alice", "bob"]) await register(url, name);
  const people = [
    { name: "admin", username: made.admin.email, password: made.admin.password },
    ...["alice", "bob"].map((name) => ({ name, username: name, password: PASSWORD })),
  ];
  return finish({ name: "the project", folder, source: "app", url, stop, login, people, scratch });
}

/** The same interface around an API whose holes are known. */
export async function startCanary(scratch) {
  const folder = join(scratch, "canary");
  mkdirSync(folder);
  cpSync(CANARY, folder, { recursive: true });
  // Made up here: a key in our own repository would be found there, too.
  writeFileSync(join(folder, "keys.py"), `API_SECRET_KEY = "${randomBytes(32).toString("hex")}"\n`);
  const packages = ["--with", "fastapi", "--with", "uvicorn", "--with", "python-multipart"];
  const server = ["uv", "run", "--quiet", "--no-project", ...packages, "uvicorn", "app:app"];
  const { url, stop } = await serve(server, { folder, env: {}, ready: "/openapi.json" });
  const people = ["alice", "bob"].map((name) => ({ name, username: name, password: PASSWORD }));
  const login = { path: "/login", url };
  return finish({ name: "the canary", folder, source: ".", url, stop, login, people, scratch });
}

async function finish(target) {
  const { url, folder, people, login } = target;
  const response = await fetch(`${url}/openapi.json`);
  const document = await response.json();
  const paths = Object.entries(document.paths).filter(([path]) => !ENDS_SIGN_IN.test(path));
  const kept = { ...document, servers: [{ url }], paths: Object.fromEntries(paths) };
  const specification = join(folder, "openapi.json");
  writeFileSync(specification, JSON.stringify(kept));
  const operations = Object.values(kept.paths).flatMap((path) => Object.keys(path)).length;
  // Asked for, never minted: what a referee sees is what a client sees.
  const signIn = async ({ username, password } = people[0]) => {
    const body = new URLSearchParams({ username, password });
    const answer = await fetch(`${login.url}${login.path}`, { method: "POST", body });
    if (!answer.ok) throw new Error(`${username} cannot sign in: ${answer.status}`);
    return (await answer.json()).access_token;
  };
  return { ...target, document, specification, operations, signIn };
}

async function cli(cwd, args) {
  const { code, stdout, stderr } = await run(
    [process.execPath, PROGRAM, ...args, "--yes", "--json"],
    { cwd },
  );
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}\n${stdout}${stderr}`);
  return JSON.parse(stdout);
}

async function register(url, name) {
  const person = { email: `${name}@example.com`, username: name, password: PASSWORD };
  const response = await fetch(`${url}/api/v1/auth/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(person),
  });
  if (response.status !== 201) throw new Error(`${name} cannot register: ${response.status}`);
}

async function serve(argv, { folder, env, ready }) {
  const port = await freePort();
  const log = openSync(join(folder, "server.log"), "w");
  const [program, ...args] = argv;
  const child = spawn(program, [...args, "--port", String(port)], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log],
    detached: true,
  });
  const ended = once(child, "exit");
  const stop = async () => {
    // The whole group: `uv run` stands in front of the server.
    if (child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const response = await fetch(`${url}${ready}`).catch(() => undefined);
    if (response?.ok) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await stop();
  throw new Error(`no server after a minute: ${join(folder, "server.log")}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
