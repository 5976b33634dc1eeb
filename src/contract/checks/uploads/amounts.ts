import { createServer } from "node:net";

import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { every, isRefused } from "../support/observe.js";
import {
  depot,
  disposition,
  END,
  leftBehind,
  MULTIPART,
  part,
  pdf,
  send,
  sendForm,
  sent,
  smallPng,
  stored,
} from "./files.js";

const LIMIT = 10 * 1024 ** 2;
const PDF = { name: "a.pdf", type: "application/pdf" };
const NAME = disposition("a.png");
const TYPE = "Content-Type: image/png";
const FILE = part(smallPng(), [NAME, TYPE]);
const MEGABYTE = Buffer.alloc(1024 ** 2, "x");

/** Bodies that are not one file in one part. */
function malformed(): Readonly<Record<string, Uint8Array | string>> {
  const ended = (...parts: readonly Uint8Array[]): Buffer =>
    Buffer.concat([...parts, Buffer.from(END)]);
  return {
    nothing: "",
    "only an end": END,
    "no boundary in it": "x".repeat(1000),
    "no end": FILE,
    "two files": ended(FILE, FILE),
    "a hundred thousand parts": ended(...Array<Buffer>(10_000).fill(part("", [NAME]))),
    "another name": ended(part(smallPng(), [NAME.replace("file", "photo"), TYPE])),
    "a header of a megabyte": ended(part(smallPng(), [NAME, `X-A: ${"a".repeat(1024 ** 2)}`])),
    "a thousand headers": ended(
      part(smallPng(), [NAME, ...Array.from({ length: 1000 }, (_, at) => `X-${at}: a`)]),
    ),
    "an encoded part": ended(part(smallPng(), [NAME, "Content-Transfer-Encoding: base64"])),
  };
}

const TYPES = [
  "multipart/form-data",
  `multipart/form-data; boundary=${"x".repeat(5000)}`,
  "multipart/form-data; boundary=a; boundary=b",
];

/** How much, and what of it is looked at. */
export const amountChecks: readonly Check[] = [
  {
    id: "UPLOAD-05",
    needs: "http",
    feature: "uploads",
    fix: "Compare Content-Length with the limit before the first byte is read, close the connection, and count the file as it comes.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const headers = { ...MULTIPART, "content-length": String(LIMIT + 1_000_000) };
      const head = client
        .with({ connection: undefined })
        .bytes("/api/v1/files", { method: "POST", headers });
      const answer = await client.raw("POST /files, a length beyond the limit", head, 5);
      t.status(answer, 413, "what is too long is refused before it is read");
      t.equal("and the connection is closed", answer.isClosed, true);
      const most = pdf("x".repeat(LIMIT - pdf("").length));
      t.status(await send(client, most, PDF), 201, "a file of as many bytes as may be is taken");
      const more = Buffer.concat([most, Buffer.from("\n")]);
      t.status(await send(client, more, PDF), 413, "one of one more is not");
    },
  },
  {
    id: "UPLOAD-06",
    needs: "inspector",
    feature: "uploads",
    fix: "Count what arrives, stop at the limit, and remove what was written.",
    run: async (t) => {
      const place = await depot(t);
      const { client } = place;
      const before = await stored(t, place);
      const headers = { ...MULTIPART, "transfer-encoding": "chunked" };
      const head = client.bytes("/api/v1/files", { method: "POST", headers });
      const inChunk = (data: Uint8Array): Buffer =>
        Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from("\r\n")]);
      const start = Buffer.from(
        `--violet-anchor\r\n${NAME}\r\n${TYPE}\r\n\r\n\x89PNG\r\n\x1a\n`,
        "latin1",
      );
      const pieces = [...head, inChunk(start), ...Array<Buffer>(64).fill(inChunk(MEGABYTE))];
      const answer = await client.raw("POST /files, 64 MiB in chunks", pieces, 20);
      t.status(answer, 413, "what grows too long is refused on the way");
      t.equal("and the connection is closed", answer.isClosed, true);
      t.equal("nothing is left behind", await leftBehind(t, place, before), []);
    },
  },
  {
    id: "UPLOAD-12",
    needs: "inspector",
    feature: "uploads",
    fix: "Take one part of one name, with few and short headers, and refuse the rest while reading.",
    run: async (t) => {
      const place = await depot(t);
      const { client } = place;
      const before = await stored(t, place);
      const answers: Answer[] = [];
      for (const body of Object.values(malformed())) answers.push(await sendForm(client, body));
      const whole = Buffer.concat([FILE, Buffer.from(END)]);
      for (const type of TYPES)
        answers.push(await sendForm(client, whole, { "content-type": type }));
      const isRight = (answer: Answer): boolean => isRefused(answer) && answer.milliseconds < 2000;
      const claim = "another body is refused at once";
      every(t, { claim, expected: "4xx within 2 s" }, { answers, isRight });
      t.equal("nothing is left behind", await leftBehind(t, place, before), []);
      t.status(await sendForm(client, whole), 201, "a plain one is taken");
    },
  },
  {
    id: "UPLOAD-14",
    needs: "http",
    feature: "uploads",
    fix: "Ignore Range, or take one range.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const content = pdf("x".repeat(50_000));
      const id = await sent(client, content, PDF);
      const overlapping = Array.from({ length: 1000 }, (_, at) => `${at}-${at + 9}`).join(",");
      const ranges = [Array<string>(1000).fill("0-").join(","), overlapping];
      const answers: Answer[] = [];
      for (const range of ranges) {
        const headers = { range: `bytes=${range}` };
        answers.push(await client.get(`/files/${id}/content`, { headers }));
      }
      const isRight = ({ status, body, milliseconds }: Answer): boolean =>
        [200, 416, 400, 431].includes(status) &&
        body.length <= content.length &&
        milliseconds < 1000;
      const claim = "a thousand ranges cost no more than none";
      every(t, { claim, expected: "200 once, or 416, within a second" }, { answers, isRight });
    },
  },
  {
    id: "UPLOAD-15",
    needs: "inspector",
    feature: "uploads",
    fix: "Refuse what is empty, and hand every file to the scanner before anything else opens it.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      t.status(await send(client, Buffer.alloc(0)), 422, "an empty file is refused");
      const scanner = await suspicious();
      try {
        const settings = { UPLOAD_SCANNER_URL: `tcp://127.0.0.1:${scanner.port}` };
        const place = await depot(t, { settings, ownServer: true });
        const before = await stored(t, place);
        const bad = await send(place.client, Buffer.concat([smallPng(), Buffer.from("infected")]));
        t.status(bad, 422, "what the scanner knows is refused");
        t.equal("and not kept", await leftBehind(t, place, before), []);
        t.status(await send(place.client, smallPng()), 201, "what it passes is taken");
        await place.server.kill();
      } finally {
        await scanner.close();
      }
    },
  },
];

/** A scanner of the protocol of ClamAV: it finds something in whatever says that it is infected. */
async function suspicious(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      // A length of zero ends what is sent.
      if (!heard.subarray(-4).equals(Buffer.alloc(4))) return;
      const verdict = heard.includes("infected") ? "stream: Test-Signature FOUND" : "stream: OK";
      socket.end(`${verdict}\0`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const close = async (): Promise<void> => {
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}
