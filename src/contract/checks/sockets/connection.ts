import type { Socket } from "node:net";

import type { Answer } from "../../answer.js";
import { type Frame, frame, OPCODE, readFrames } from "./frames.js";

export const PATIENCE_MILLISECONDS = 10_000;
/** What is said of a connection that ended without a word (RFC 6455, 7.1.5). */
export const ABNORMAL = 1006;

/** One side of a WebSocket connection, which sends what it is told and nothing else but pongs. */
export class Connection {
  /** What the server said to the handshake. */
  readonly answer: Answer;
  readonly #socket: Socket;
  readonly #texts: string[] = [];
  readonly #wake = new Set<() => void>();
  readonly #isMute: boolean;
  #rest: Buffer = Buffer.alloc(0);
  #code: number | undefined;

  constructor(
    socket: Socket,
    answer: Answer,
    { rest, isMute }: { readonly rest: Buffer; readonly isMute: boolean },
  ) {
    this.answer = answer;
    this.#socket = socket;
    this.#isMute = isMute;
    socket.on("data", (bytes) => {
      this.#take(bytes);
    });
    socket.on("close", () => {
      this.#end(ABNORMAL);
    });
    if (socket.destroyed) this.#end(ABNORMAL);
    else this.#take(rest);
  }

  get isOpen(): boolean {
    return this.answer.status === 101 && this.#code === undefined;
  }

  send(data: string | Uint8Array, opcode: number = OPCODE.text, isLast = true): void {
    if (this.#socket.writable) this.#socket.write(frame(opcode, Buffer.from(data), isLast));
  }

  /** The next message; undefined once the connection has ended. */
  async next(): Promise<unknown> {
    await this.#until(() => this.#texts.length > 0 || this.#code !== undefined);
    const text = this.#texts.shift();
    if (text === undefined) return undefined;
    const parsed: unknown = JSON.parse(text);
    return parsed;
  }

  /** Messages that are here already, and those of the next moments. */
  async heard(milliseconds: number): Promise<readonly string[]> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return this.#texts.splice(0);
  }

  /** Send a message and return what comes back. */
  async ask(message: unknown): Promise<unknown> {
    this.send(typeof message === "string" ? message : JSON.stringify(message));
    return this.next();
  }

  /** Send this many times and read nothing meanwhile, as long as the server puts up with it. */
  async drown(bytes: Buffer, times: number): Promise<void> {
    this.#socket.pause();
    const patience = this.#until(() => this.#code !== undefined);
    const sending = (async () => {
      for (let count = 0; count < times && this.#socket.writable; count += 1) {
        // Who is cut off gets an error here, which says no more than the end of the connection.
        await new Promise((resolve) => this.#socket.write(bytes, resolve));
      }
    })();
    await Promise.race([sending, patience]);
    this.#socket.resume();
  }

  /** Why the server ended it; undefined when it did not in time. */
  async closed(milliseconds = PATIENCE_MILLISECONDS): Promise<number | undefined> {
    await this.#until(() => this.#code !== undefined, milliseconds);
    return this.#code;
  }

  leave(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    const { frames, rest } = readFrames(Buffer.concat([this.#rest, bytes]));
    this.#rest = rest;
    for (const one of frames) this.#handle(one);
    for (const wake of this.#wake) wake();
  }

  #handle({ opcode, data }: Frame): void {
    if (opcode === OPCODE.text) this.#texts.push(data.toString("utf8"));
    if (opcode === OPCODE.ping && !this.#isMute) this.send(data, OPCODE.pong);
    if (opcode === OPCODE.close) this.#end(data.length < 2 ? ABNORMAL : data.readUInt16BE(0));
  }

  #end(code: number): void {
    this.#code ??= code;
    for (const wake of this.#wake) wake();
  }

  async #until(isSo: () => boolean, milliseconds = PATIENCE_MILLISECONDS): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake.delete(look);
        resolve();
      };
      const look = (): void => {
        if (isSo()) done();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wake.add(look);
    });
  }
}
