import { createServer, type Server, type Socket } from "node:net";

import type { Check } from "../../check.js";

/** What a PostgreSQL client sends to ask for TLS (length 8, code 80877103). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const HAS_NO_TLS = "N";

/** A database server that has no TLS, and what clients told it nevertheless. */
interface Impostor {
  readonly port: number;
  readonly heard: () => readonly Buffer[];
  readonly close: () => Promise<void>;
}

async function impostor(): Promise<Impostor> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      heard.push(bytes);
      if (bytes.equals(SSL_REQUEST)) socket.write(HAS_NO_TLS);
    });
  });
  const port = await listening(server);
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, heard: () => heard, close };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
    });
  });
}

/** How the project speaks to its database. */
export const transportChecks: readonly Check[] = [
  {
    id: "DATA-08",
    needs: "inspector",
    profiles: ["production"],
    fix: "Hand the driver a TLS context that verifies certificate and name, and never fall back.",
    run: async (t) => {
      const database = await impostor();
      try {
        const url = `postgresql://app:violet-anchor-lantern@127.0.0.1:${database.port}/app`;
        const settings = { DATABASE_URL: `${url}?sslmode=verify-full` };
        const server = await t.lab.server({ settings, ownServer: true });
        const ready = await t.clientOf(server).send("/health/ready");
        t.status(ready, 503, "a server without TLS is not used");
        const heard = database.heard();
        const asked = heard.filter((bytes) => bytes.equals(SSL_REQUEST)).length;
        t.equal("it was asked for TLS", asked > 0, true);
        t.equal("and told nothing in clear", heard.length - asked, 0);
        await server.kill();
      } finally {
        await database.close();
      }
    },
  },
];
