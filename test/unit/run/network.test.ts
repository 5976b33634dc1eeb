import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canReach, LOOPBACK, portNear, sparePort } from "../../../src/run/network.js";

let server: Server;
let port: number;

beforeEach(async () => {
  port = await sparePort();
  server = createServer((socket) => socket.destroy()).listen(port, LOOPBACK);
  await once(server, "listening");
});

afterEach(() => {
  server.close();
});

test("a listening database is reached", async () => {
  expect(await canReach({ host: LOOPBACK, port }, 2)).toBe(true);
});

test("a closed port is not", async () => {
  server.close();
  await once(server, "close");
  expect(await canReach({ host: LOOPBACK, port }, 2)).toBe(false);
});

test("nor a host that does not exist", async () => {
  expect(await canReach({ host: "database.invalid", port }, 2)).toBe(false);
});

test("a wanted port that is taken is replaced by a spare one", async () => {
  expect(await portNear(port)).not.toBe(port);
});

test("a wanted port that is free is taken", async () => {
  const free = await sparePort();
  expect(await portNear(free)).toBe(free);
});
