import { once } from "node:events";
import { createServer, type Socket } from "node:net";

import { describe, expect, it, onTestFinished } from "vitest";

import type { Answer } from "../../../src/contract/answer.js";
import { exchange, type Piece } from "../../../src/contract/wire.js";
import { deriveKey, Forger, readToken } from "../../../src/contract/forge.js";

/** Ask a server that says exactly this, and hears whatever it is sent. */
async function ask(
  say: (socket: Socket) => void,
  pieces: readonly Piece[] = ["GET / HTTP/1.1\r\n\r\n"],
): Promise<{ answer: Answer; heard: string }> {
  let heard = "";
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => (heard += chunk.toString("latin1")));
    say(socket);
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const answer = await exchange({ host: "127.0.0.1", port }, pieces, {
    shown: "GET /",
    seconds: 1,
  });
  return { answer, heard };
}

describe("an exchange", () => {
  it("sends exactly what it is given", async () => {
    const odd = "GET / HTTP/1.1\r\nhost: a\r\nHost: b\r\nx:\u00FF\r\n\r\n";
    const later = (socket: Socket): void =>
      void setTimeout(() => socket.end("HTTP/1.1 204 No\r\n\r\n"), 100);
    const { heard, answer } = await ask(later, [odd]);
    expect(heard).toBe(odd);
    expect(answer.status).toBe(204);
  });

  it("puts chunks together, also those that come in pieces", async () => {
    const { answer } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"');
      setTimeout(() => socket.write("\r\n3\r\n:1}\r\n0\r\n\r\n"), 20);
    });
    expect(answer.json).toEqual({ a: 1 });
  });

  it("keeps each of several headers of one name", async () => {
    const { answer } = await ask((socket) =>
      socket.end(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n",
      ),
    );
    expect(answer.all("set-cookie")).toEqual(["a=1", "b=2"]);
  });

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ["hangs up", (socket) => socket.end(), /hung up/u],
    ["says nothing", () => undefined, /no answer within 1 s/u],
    [
      "stops in the middle",
      (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12"),
      /no answer/u,
    ],
  ])("with a server that %s has the status 0", async (_, say, reason) => {
    const { answer } = await ask(say);
    expect(answer.status).toBe(0);
    expect(answer.reason).toMatch(reason);
  });
});

describe("a forged token", () => {
  it("is signed with a key that RFC 5869 derives", () => {
    // Computed with another implementation: cryptography's HKDF in Python.
    const key = deriveKey("a secret of the tests", "access-token").toString("hex");
    expect(key).toBe("0e32d3af98cdf121b01d309d43f762e094a4b01fa5412754498ab508b0cf852f");
  });

  it("has what it was told to have, and lacks what was taken away", () => {
    const forger = new Forger("secret", { iss: "me" });
    const token = forger.sign(forger.header({ typ: undefined }), forger.claims({ sub: 7 }));
    expect(readToken(token).header).toEqual({ alg: "HS256", kid: forger.kid });
    expect(readToken(token).claims).toMatchObject({ iss: "me", sub: 7 });
  });
});
