import { randomBytes } from "node:crypto";
import { Socket } from "node:net";

import { type Answer, readAnswer, unanswered } from "../../answer.js";
import { type Trial, Unprepared } from "../../check.js";
import { API, type Client, type Headers } from "../../client.js";
import type { Person } from "../../people.js";
import { Connection, PATIENCE_MILLISECONDS } from "./connection.js";

export const FEATURE = { feature: "websocket", needs: "inspector" } as const;
const PATH = `${API}/ws`;

/** How a handshake differs from a usual one. */
export interface Handshake {
  readonly headers?: Headers;
  /** Behind the ticket, as in `&a=b`. */
  readonly more?: string;
  /** Answers no ping. */
  readonly isMute?: boolean;
}

export async function ticketOf({ client }: Pick<Person, "client">): Promise<string> {
  const answer = await client.post("/ws/tickets");
  if (answer.status !== 201) throw new Unprepared("nobody gets a ticket", answer);
  return answer.field("ticket");
}

/** Shake hands. A refusal is a connection that is not open, with the server's answer. */
export async function open(
  client: Client,
  ticket: string,
  { headers = {}, more = "", isMute = false }: Handshake = {},
): Promise<Connection> {
  const { endpoint } = client.manner;
  const [bytes = ""] = client.bytes(`${PATH}?ticket=${ticket}${more}`, {
    headers: {
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
      ...headers,
    },
  });
  const shown = `GET ${PATH}?ticket=...${more}, upgrade`;
  const socket = new Socket();
  let heard = Buffer.alloc(0);
  const answer = await new Promise<Answer>((resolve) => {
    const late = (why: string) => (): void => {
      const { answer: last } = readAnswer([heard], { shown });
      resolve(last ?? unanswered(shown, why, 0));
    };
    const timer = setTimeout(late("no answer"), PATIENCE_MILLISECONDS);
    socket.on("data", (more) => {
      heard = Buffer.concat([heard, more]);
      const reading = readAnswer([heard], { shown });
      if (!reading.isComplete || reading.answer === undefined) return;
      clearTimeout(timer);
      resolve(reading.answer);
    });
    socket.on("error", late("the connection broke"));
    socket.on("close", late("the server hung up"));
    socket.connect(endpoint.port, endpoint.host, () => {
      socket.write(typeof bytes === "object" && "pause" in bytes ? "" : bytes);
    });
  });
  socket.removeAllListeners("data");
  if (answer.status !== 101) socket.destroy();
  const end = heard.indexOf("\r\n\r\n");
  return new Connection(socket, answer, { rest: heard.subarray(end + "\r\n\r\n".length), isMute });
}

/** A connection of somebody's, which has to open. */
export async function connected(
  person: Pick<Person, "client">,
  how: Handshake = {},
): Promise<Connection> {
  const connection = await open(person.client, await ticketOf(person), how);
  if (!connection.isOpen) throw new Unprepared("no connection opens", connection.answer);
  return connection;
}

/** The server's answer to a handshake; a connection that opens is left again. */
export async function answerTo(
  client: Client,
  ticket: string,
  how: Handshake = {},
): Promise<Answer> {
  const connection = await open(client, ticket, how);
  connection.leave();
  return connection.answer;
}

/** Messages that are no answer come in between: a count of sessions, when one opened. */
export async function ping(t: Trial, connection: Connection): Promise<void> {
  let answer = await connection.ask({ type: "ping" });
  if (JSON.stringify(answer).includes('"sessions"')) answer = await connection.next();
  t.equal("a message is answered", answer, { type: "pong" });
}
