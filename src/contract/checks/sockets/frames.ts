import { randomBytes } from "node:crypto";

/** Kinds of frames (RFC 6455, 5.2). */
export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame of a server's. */
export interface Frame {
  readonly opcode: number;
  readonly data: Buffer;
}

/** A frame as clients send it: masked. */
export function frame(opcode: number, data: Uint8Array, isLast = true): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(data.map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  const first = (isLast ? 0x80 : 0) | opcode;
  return Buffer.concat([Buffer.from([first]), lengthOf(data.length), mask, masked]);
}

function lengthOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length]);
  if (length < 65_536) {
    const bytes = Buffer.from([0x80 | 126, 0, 0]);
    bytes.writeUInt16BE(length, 1);
    return bytes;
  }
  const bytes = Buffer.concat([Buffer.from([0x80 | 127]), Buffer.alloc(8)]);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** Whole frames of what has arrived, and the rest. */
export function readFrames(bytes: Buffer): { frames: readonly Frame[]; rest: Buffer } {
  const frames: Frame[] = [];
  let at = 0;
  for (;;) {
    const head = readHead(bytes, at);
    if (head === undefined || bytes.length < head.start + head.length) break;
    const data = bytes.subarray(head.start, head.start + head.length);
    frames.push({ opcode: (bytes[at] ?? 0) & 0x0f, data });
    at = head.start + head.length;
  }
  return { frames, rest: bytes.subarray(at) };
}

function readHead(bytes: Buffer, at: number): { start: number; length: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { start: at + 2, length: short };
  const size = short === 126 ? 2 : 8;
  if (bytes.length < at + 2 + size) return undefined;
  const length = size === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return { start: at + 2 + size, length };
}
