import { lookup } from "node:dns/promises";
import { isIP, isIPv4 } from "node:net";

/** Whether an address is this machine's own, and nobody else's (RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(address: string): boolean {
  return isIPv4(address) ? address.startsWith("127.") : address === "::1";
}

/**
 * The address behind a host that is this machine's own; undefined for every other. The one name that may stand
 * for it is `localhost`, and only where all its addresses are: nobody else's name is looked up.
 */
export async function loopbackOf(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return isLoopback(host) ? host : undefined;
  if (host !== "localhost") return undefined;
  const found = await lookup(host, { all: true });
  return found.every(({ address }) => isLoopback(address)) ? found[0]?.address : undefined;
}
