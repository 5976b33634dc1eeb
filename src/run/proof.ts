import type { Admin, Server } from "../stacks/stack.js";
import { sparePort } from "./network.js";
import { withServer, type ServerRun } from "./server.js";

/** The part of the HTTP contract that every stack serves alike. */
const ME_PATH = "/api/v1/users/me";

/** What is asked of a project before it is called ready. */
export interface Proof extends ServerRun {
  /** The server on a given port. */
  readonly server: (port: number) => Server;
  /** Signs in as this administrator; without one, readiness is all that can be asked. */
  readonly admin?: Admin | undefined;
}

/** Start the project on a spare port, ask it whether it works, and stop it again. */
export async function prove(proof: Proof): Promise<void> {
  const server = proof.server(await sparePort());
  await withServer(server, { cwd: proof.cwd, signal: proof.signal }, async () => {
    if (proof.admin) await signIn(server, proof.admin, proof.signal);
  });
}

async function signIn(server: Server, admin: Admin, signal: AbortSignal): Promise<void> {
  const login = await ask(server.url + server.signInPath, signal, {
    method: "POST",
    body: new URLSearchParams({ username: admin.email, password: admin.password }),
  });
  const token = textField(login, "access_token");
  const me = await ask(server.url + ME_PATH, signal, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (textField(me, "email").toLowerCase() !== admin.email.toLowerCase()) {
    throw new Error(`The project answered ${ME_PATH} with another account.`);
  }
}

async function ask(url: string, signal: AbortSignal, init: RequestInit): Promise<unknown> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(15_000)]);
  const response = await fetch(url, { ...init, signal: limit, redirect: "error" });
  const { pathname } = new URL(url);
  if (!response.ok) throw new Error(`The project answered ${pathname} with ${response.status}.`);
  return response.json();
}

/** A text member of a JSON object; its absence is the project's fault. */
function textField(body: unknown, name: string): string {
  const value: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value === "string") return value;
  throw new Error(`The project's answer has no "${name}".`);
}
