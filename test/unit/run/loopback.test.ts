import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";

import { expect, test, vi } from "vitest";

import { isLoopback, loopbackOf } from "../../../src/run/loopback.js";

type Looking = (host: string, options: { all: true }) => Promise<LookupAddress[]>;

vi.mock("node:dns/promises", () => ({ lookup: vi.fn() }));

test.each(["127.0.0.1", "127.8.9.10", "::1"])("%s is this machine", (address) => {
  expect(isLoopback(address)).toBe(true);
});

test.each(["0.0.0.0", "10.0.0.1", "128.0.0.1", "::", "::ffff:127.0.0.1", "fe80::1", "127.evil"])(
  "%s is not for us to attack",
  (address) => {
    expect(isLoopback(address)).toBe(false);
  },
);

test("an address stands for itself", async () => {
  expect(await loopbackOf("127.0.0.5")).toBe("127.0.0.5");
  expect(await loopbackOf("192.0.2.1")).toBeUndefined();
  expect(lookup).not.toHaveBeenCalled();
});

test.each([
  [["127.0.0.1"], "127.0.0.1"],
  [["::1", "127.0.0.1"], "::1"],
  [["127.0.0.1", "192.0.2.1"], undefined],
  [[], undefined],
])("localhost, which is %j here, counts by all its addresses", async (found, wanted) => {
  const addresses = found.map((address) => ({ address, family: 4 }));
  vi.mocked<Looking>(lookup).mockResolvedValueOnce(addresses);
  expect(await loopbackOf("localhost")).toBe(wanted);
});

test("no other name is even looked up", async () => {
  vi.mocked(lookup).mockClear();
  expect(await loopbackOf("example.com")).toBeUndefined();
  expect(lookup).not.toHaveBeenCalled();
});
