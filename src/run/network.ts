import { once } from "node:events";
import { createServer, Socket } from "node:net";
import type { Endpoint } from "../stacks/stack.js";

/** The address that this machine's own servers listen on. */
export const LOOPBACK = "127.0.0.1";

/** True when something accepts a connection there. Credentials are not tried. */
export async function canReach(endpoint: Endpoint, seconds: number): Promise<boolean> {
  const socket = new Socket();
  try {
    socket.connect({ host: endpoint.host, port: endpoint.port });
    await once(socket, "connect", { signal: AbortSignal.timeout(seconds * 1000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port that nobody uses now. */
export async function sparePort(): Promise<number> {
  const port = await portThatOpens(0);
  if (port === undefined) throw new Error("No free port on the loopback interface.");
  return port;
}

/** The wanted port, or a spare one when somebody has it. */
export async function portNear(wanted: number): Promise<number> {
  return (await portThatOpens(wanted)) ?? (await sparePort());
}

async function portThatOpens(wanted: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(wanted, LOOPBACK);
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
