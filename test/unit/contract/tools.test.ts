import { describe, expect, it } from "vitest";

import { checksum } from "../../../src/contract/checks/keys/support.js";
import { codeOf, fromBase32 } from "../../../src/contract/checks/second-factor/app.js";
import { frame, OPCODE, readFrames } from "../../../src/contract/checks/sockets/frames.js";
import { png, tellingJpeg, tellingPng } from "../../../src/contract/checks/uploads/files.js";

describe("codes of an authenticator app", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  it("are those of RFC 4226, appendix D", () => {
    expect(fromBase32(secret).toString()).toBe("12345678901234567890");
    const codes = [0, 1, 2, 9].map((step) => codeOf(secret, step));
    expect(codes).toEqual(["755224", "287082", "359152", "520489"]);
  });
});

describe("the checksum of a key", () => {
  it("is the CRC-32 of every catalogue, in base 62", () => {
    expect(checksum("123456789")).toBe("3jZRME");
  });
});

describe("frames of a WebSocket connection", () => {
  it.each([0, 125, 126, 65_535, 65_536])("of %d bytes are masked, and read back", (length) => {
    const data = Buffer.alloc(length, "x");
    const sent = frame(OPCODE.text, data);
    const head = sent.length - length - 4;
    expect((sent[1] ?? 0) & 0x80).toBe(0x80);
    const unmasked = Buffer.from(
      sent.subarray(head + 4).map((byte, at) => byte ^ (sent[head + (at % 4)] ?? 0)),
    );
    expect(unmasked.equals(data)).toBe(true);
    const asServer = Buffer.concat([sent.subarray(0, head), unmasked]);
    asServer[1] = (asServer[1] ?? 0) & 0x7f;
    const { frames, rest } = readFrames(Buffer.concat([asServer, asServer.subarray(0, 1)]));
    expect(frames.map(({ opcode, data: read }) => [opcode, read.length])).toEqual([[1, length]]);
    expect(rest).toHaveLength(1);
  });
});

describe("images", () => {
  it("promise the pixels that are asked for", () => {
    const bytes = png({ width: 30_000, height: 20_000, rows: 1 });
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([30_000, 20_000]);
    expect(bytes.length).toBeLessThan(1000);
  });

  it.each([tellingPng(), tellingJpeg()])("hide several things", (bytes) => {
    expect(bytes.toString("latin1").split("hidden-4711").length).toBeGreaterThan(3);
  });
});
