import { member } from "./json.js";

/** A header as it came: its name as it was spelt, and its value. */
export type Header = readonly [name: string, value: string];

interface Parts {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  readonly request: string;
}

const EXCERPT = 600;

/** What a server said to one request. Status 0: it said nothing, and the reason tells why. */
export class Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** The request in one line, for the report. */
  readonly request: string;
  readonly milliseconds: number;
  /** The server ended the connection, or said that it would. */
  readonly isClosed: boolean;

  constructor(parts: Parts, milliseconds = 0, isClosed = false) {
    ({
      status: this.status,
      reason: this.reason,
      headers: this.headers,
      body: this.body,
      request: this.request,
    } = parts);
    this.milliseconds = milliseconds;
    this.isClosed = isClosed;
  }

  /** The same answer, once it is known how long it took. */
  after(milliseconds: number, isClosed: boolean): Answer {
    return new Answer(this, milliseconds, isClosed);
  }

  /** Every value of a header, in order of arrival. */
  all(name: string): readonly string[] {
    return this.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  }

  /** The value of a header, several of them joined; undefined when it is absent. */
  header(name: string): string | undefined {
    const values = this.all(name);
    return values.length === 0 ? undefined : values.join(", ");
  }

  get text(): string {
    return this.body.toString("utf8");
  }

  /** The body as JSON; undefined when it is not. */
  get json(): unknown {
    try {
      const parsed: unknown = JSON.parse(this.text);
      return parsed;
    } catch {
      return undefined;
    }
  }

  /** A member of the JSON body, as text; empty when there is none. */
  field(...path: readonly string[]): string {
    const value = member(this.json, ...path);
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  }

  /** The answer in a few lines, for the report. */
  get shown(): string {
    if (this.status === 0) return this.reason;
    const text = this.text.slice(0, EXCERPT);
    return `${this.status} ${this.reason}${text === "" ? "" : ` ${text}`}`.trim();
  }
}

/** What stands for an answer that did not come. */
export function unanswered(request: string, reason: string, milliseconds: number): Answer {
  const nothing = { status: 0, reason, headers: [], body: Buffer.alloc(0), request };
  return new Answer(nothing, milliseconds, true);
}

interface Reading {
  readonly isComplete: boolean;
  readonly answer: Answer | undefined;
}

const END_OF_HEADERS = "\r\n\r\n";

/** Read an answer from what has arrived so far. */
export function readAnswer(
  chunks: readonly Buffer[],
  { isHead = false, shown }: { readonly isHead?: boolean; readonly shown: string },
): Reading {
  const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end === -1) return { isComplete: false, answer: undefined };
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0);
  const rest = bytes.subarray(end + END_OF_HEADERS.length);
  // 100 Continue announces the answer and is none.
  if (status === 100) return readAnswer([rest], { isHead, shown });
  const headers = lines.map(readHeader);
  const hasBody = !isHead && status !== 204 && status !== 304 && status !== 101;
  const { isComplete, body } = hasBody
    ? readBody(headers, rest)
    : { isComplete: true, body: Buffer.alloc(0) };
  const reason = first.slice("HTTP/1.1 200 ".length);
  return { isComplete, answer: new Answer({ status, reason, headers, body, request: shown }) };
}

function readHeader(line: string): Header {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function readBody(
  headers: readonly Header[],
  bytes: Buffer,
): { isComplete: boolean; body: Buffer } {
  const value = (name: string): string | undefined =>
    headers.find(([key]) => key.toLowerCase() === name)?.[1];
  if (value("transfer-encoding")?.toLowerCase() === "chunked") return unchunk(bytes);
  const length = value("content-length");
  if (length === undefined) return { isComplete: false, body: bytes };
  return { isComplete: bytes.length >= Number(length), body: bytes.subarray(0, Number(length)) };
}

function unchunk(bytes: Buffer): { isComplete: boolean; body: Buffer } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n", at);
    if (end === -1) return { isComplete: false, body: Buffer.concat(parts) };
    const size = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    const start = end + 2;
    if (size === 0 || Number.isNaN(size)) return { isComplete: true, body: Buffer.concat(parts) };
    if (bytes.length < start + size + 2) return { isComplete: false, body: Buffer.concat(parts) };
    parts.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
