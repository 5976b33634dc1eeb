import { Socket } from "node:net";

import { type Answer, readAnswer, unanswered } from "./answer.js";

/** Where a server listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** The name that it is asked for by, where that is not its address. */
  readonly name?: string;
}

/** What the Host header says to a server, as in `127.0.0.1:8000` (RFC 9110 7.2). */
export function authorityOf({ host, port, name = host }: Endpoint): string {
  return `${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** What is written to the connection: bytes, or a pause of so many milliseconds. */
export type Piece = string | Uint8Array | { readonly pause: number };

/** How long one exchange may take, and how its answer is to be read. */
export interface Patience {
  readonly seconds?: number;
  /** The answer to HEAD has a length and no body. */
  readonly isHead?: boolean;
  /** Shown in the report as what was asked. */
  readonly shown: string;
  /** Read until the server hangs up, to see whether it does. */
  readonly untilClosed?: boolean;
}

const USUAL_SECONDS = 15;

/**
 * Write exactly these bytes and read one answer. Nothing is tidied, which is the point: most clients refuse
 * to send what an attacker sends. A server that hangs up, or says nothing, is an answer with status 0.
 */
export async function exchange(
  endpoint: Endpoint,
  pieces: readonly Piece[],
  patience: Patience,
): Promise<Answer> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  const socket = new Socket();
  const outcome = await new Promise<string>((resolve) => {
    const seconds = patience.seconds ?? USUAL_SECONDS;
    const timer = setTimeout(() => {
      resolve(`no answer within ${seconds} s`);
    }, seconds * 1000);
    const end = (why: string): void => {
      clearTimeout(timer);
      resolve(why);
    };
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (!patience.untilClosed && readAnswer(chunks, patience).isComplete) end("");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      end(`the connection broke (${error.code ?? error.message})`);
    });
    socket.on("close", () => {
      end("the server hung up");
    });
    socket.connect(endpoint.port, endpoint.host, () => void write(socket, pieces));
  });
  socket.destroy();
  const { isComplete, answer } = readAnswer(chunks, patience);
  const milliseconds = performance.now() - started;
  const isClosed = outcome === "the server hung up" || answer?.header("connection") === "close";
  if (answer === undefined || (!isComplete && !isClosed)) {
    return unanswered(patience.shown, outcome, milliseconds);
  }
  return answer.after(milliseconds, isClosed);
}

async function write(socket: Socket, pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) {
    // A server that has heard enough may hang up in the middle; what it said counts.
    if (socket.destroyed || !socket.writable) return;
    if (typeof piece === "string") socket.write(piece, "latin1");
    else if (piece instanceof Uint8Array) await flushed(socket, piece);
    else await new Promise((resolve) => setTimeout(resolve, piece.pause));
  }
}

async function flushed(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      socket.off("drain", go);
      socket.off("close", go);
      resolve();
    };
    socket.on("drain", go);
    socket.on("close", go);
  });
}
