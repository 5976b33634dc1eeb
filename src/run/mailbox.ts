import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import type { Mail, Mailbox } from "../contract/mailbox.js";
import { LOOPBACK } from "./network.js";

/** A mail server that delivers to nobody: it keeps what it is sent. */
export interface MailServer extends Mailbox {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const WAIT_SECONDS = 5;

/** Take mail on a spare port, with as much SMTP (RFC 5321) as a client needs to hand over a message. */
export async function openMailbox(): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    receive(socket, (mail) => mails.push(mail));
  });
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  const address = server.address();
  const to = (whom: string): readonly Mail[] =>
    mails.filter((mail) => mail.to.some((name) => name.toLowerCase() === whom.toLowerCase()));
  return {
    to,
    next: async (whom, seen) => {
      const deadline = performance.now() + WAIT_SECONDS * 1000;
      for (;;) {
        const mail = to(whom)[seen];
        if (mail !== undefined) return mail;
        if (performance.now() > deadline) throw new Error(`No mail came for ${whom}.`);
        await sleep(20);
      }
    },
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const END_OF_MESSAGE = "\r\n.\r\n";

function receive(socket: Socket, deliver: (mail: Mail) => void): void {
  let heard = "";
  let to: string[] = [];
  let isMessage = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const hear = (line: string): void => {
    const [verb = ""] = line.toUpperCase().split(" ");
    const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
    if (verb === "RCPT") to.push(address);
    if (verb === "DATA") isMessage = true;
    say(verb === "DATA" ? "354 go on" : verb === "QUIT" ? "221 bye" : "250 ok");
    if (verb === "QUIT") socket.end();
  };
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    heard += chunk.toString("latin1");
    for (;;) {
      const mark = isMessage ? END_OF_MESSAGE : "\r\n";
      const at = heard.indexOf(mark);
      if (at === -1) return;
      const piece = heard.slice(0, at);
      heard = heard.slice(at + mark.length);
      if (!isMessage) {
        hear(piece);
        continue;
      }
      const source = piece.replaceAll("\r\n..", "\r\n.");
      deliver({ to, source, text: textOf(source) });
      [to, isMessage] = [[], false];
      say("250 kept");
    }
  });
  say("220 localhost");
}

/** The text of a message of one part, or of the first part that is plain text. */
function textOf(source: string): string {
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(source)?.[1];
  const parts = boundary === undefined ? [source] : source.split(`--${boundary}`).slice(1);
  const plain = parts.find((part) => /content-type: text\/plain/i.test(part)) ?? source;
  const at = plain.indexOf("\r\n\r\n");
  const [head, body] = [plain.slice(0, at), plain.slice(at + 4)];
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const joined = body.replaceAll(/=\r\n/g, "");
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
