import type { Answer } from "./answer.js";
import { CookieJar } from "./cookies.js";
import { authorityOf, type Endpoint, exchange, type Piece } from "./wire.js";

/** The prefix of every route but health and documentation. */
export const API = "/api/v1";

/** Headers by name; a list is sent as several lines. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One request. At most one of `json`, `form` and `body`. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Headers;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly seconds?: number;
}

/** What every request of a client carries. */
export interface Manner {
  readonly endpoint: Endpoint;
  readonly headers: Headers;
  /** Undefined: no cookie is kept or sent. */
  readonly jar: CookieJar | undefined;
}

/** Somebody who sends requests: exactly what is asked for, and a Host. */
export class Client {
  readonly manner: Manner;

  constructor(manner: Manner) {
    this.manner = manner;
  }

  /** The same, with other headers; undefined takes one away. */
  with(headers: Headers): Client {
    return new Client({ ...this.manner, headers: { ...this.manner.headers, ...headers } });
  }

  /** The same at another server, as a browser that is sent on: cookies are kept. */
  at(endpoint: Endpoint): Client {
    return new Client({ ...this.manner, endpoint });
  }

  /** The same with an empty cookie jar. */
  fresh(): Client {
    return new Client({ ...this.manner, jar: new CookieJar() });
  }

  /** A route below the prefix, as in `/users/me`. */
  async ask(path: string, ask: Ask = {}): Promise<Answer> {
    return this.send(`${API}${path}`, ask);
  }

  async get(path: string, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, ask);
  }

  async post(path: string, json?: unknown, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, { method: "POST", ...(json === undefined ? {} : { json }), ...ask });
  }

  async patch(path: string, json: unknown, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, { method: "PATCH", json, ...ask });
  }

  async delete(path: string, ask: Ask = {}): Promise<Answer> {
    return this.ask(path, { method: "DELETE", ...ask });
  }

  /** Any target, character for character, as in `/health/live`. */
  async send(target: string, ask: Ask = {}): Promise<Answer> {
    const { endpoint, jar } = this.manner;
    const { method = "GET" } = ask;
    const answer = await exchange(endpoint, this.bytes(target, ask), {
      isHead: method === "HEAD",
      shown: shownRequest(method, target, ask),
      ...(ask.seconds === undefined ? {} : { seconds: ask.seconds }),
    });
    jar?.keep(answer);
    return answer;
  }

  /** Bytes of the caller's own making. The last line of the headers must be in them. */
  async raw(shown: string, pieces: readonly Piece[], seconds?: number): Promise<Answer> {
    const patience = { shown, ...(seconds === undefined ? {} : { seconds }) };
    return exchange(this.manner.endpoint, pieces, patience);
  }

  /** The request as bytes, to be sent in pieces or twice. */
  bytes(target: string, ask: Ask): readonly Piece[] {
    const { endpoint, headers, jar } = this.manner;
    const [type, body] = encode(ask);
    const cookie = jar?.header();
    const all: Headers = {
      host: authorityOf(endpoint),
      connection: "close",
      ...(cookie === undefined ? {} : { cookie }),
      ...(type === undefined ? {} : { "content-type": type }),
      ...(body === undefined ? {} : { "content-length": String(body.length) }),
      ...headers,
      ...ask.headers,
    };
    const head = [`${ask.method ?? "GET"} ${target} HTTP/1.1`, ...headerLines(all), "", ""];
    return [head.join("\r\n"), ...(body === undefined ? [] : [body])];
  }
}

/** A form as browsers write it. */
export function formText(form: Readonly<Record<string, string>>): string {
  return new URLSearchParams(form).toString();
}

function encode({ json, form, body }: Ask): [string | undefined, Buffer | undefined] {
  if (json !== undefined) return ["application/json", Buffer.from(JSON.stringify(json))];
  if (form !== undefined) return ["application/x-www-form-urlencoded", Buffer.from(formText(form))];
  if (body === undefined) return [undefined, undefined];
  return [undefined, Buffer.from(body)];
}

function headerLines(headers: Headers): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [value].flat().map((one) => `${name}: ${one}`);
  });
}

const SHOWN_LENGTH = 300;

function shownRequest(method: string, target: string, ask: Ask): string {
  const [, body] = encode(ask);
  const headers = headerLines(ask.headers ?? {}).map((line) => ` [${line.slice(0, 120)}]`);
  const sent = body === undefined ? "" : ` ${body.toString("utf8", 0, SHOWN_LENGTH)}`;
  return `${method} ${target.slice(0, SHOWN_LENGTH)}${headers.slice(0, 4).join("")}${sent}`;
}
