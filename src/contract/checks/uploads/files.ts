import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32, deflateSync } from "node:zlib";

import type { Answer } from "../../answer.js";
import { type Trial, Unprepared } from "../../check.js";
import type { Client } from "../../client.js";
import type { Instance, Variation } from "../../lab.js";

/** The least that a check of files tells of itself: it cannot occur in an image by chance. */
export const MARK = "hidden-4711";
export const BOUNDARY = "violet-anchor";
export const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };
export const END = `--${BOUNDARY}--\r\n`;

/** A file as its sender describes it. */
export interface Sent {
  readonly name?: string;
  readonly type?: string;
}

/** An image of 16 by 8 pixels, as cameras store them. */
const JPEG = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////" +
    "////////////////////////////2wBDAVVaWnhpeOuCguv///////////////////////////////////////////" +
    "//////////////////////////////wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAU" +
    "EAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oA" +
    "DAMBAAIRAxEAPwCQAKH/2Q==",
  "base64",
);

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG of so many pixels, all of them black; `rows` fewer than it promises make a bomb of it. */
export function png(
  { width, height, rows = height }: { width: number; height: number; rows?: number },
  extra: readonly Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, grey.
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const chunks = [
    chunk("IHDR", header),
    ...extra,
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...chunks]);
}

export function smallPng(extra: readonly Buffer[] = []): Buffer {
  return png({ width: 8, height: 6 }, extra);
}

/** What people and programs hide in a PNG. */
export function tellingPng(): Buffer {
  const comment = chunk("tEXt", Buffer.from(`Comment\0<script>${MARK}`, "latin1"));
  const place = chunk("eXIf", exif());
  const profile = Buffer.concat([Buffer.from("icc\0\0", "latin1"), deflateSync(Buffer.from(MARK))]);
  const image = smallPng([comment, place, chunk("iCCP", profile)]);
  return Buffer.concat([image, Buffer.from(`<html>${MARK}PK\x03\x04`, "latin1")]);
}

/** More frames than one: the control chunks of an animation. */
export function movingPng(): Buffer {
  const control = Buffer.from([0, 0, 3, 232, 0, 0, 0, 0]);
  const frame = Buffer.alloc(26);
  frame.writeUInt32BE(8, 4);
  frame.writeUInt32BE(6, 8);
  const next = Buffer.from(frame);
  next.writeUInt32BE(1, 0);
  const pixels = deflateSync(Buffer.alloc(9 * 6));
  const data = Buffer.concat([Buffer.from([0, 0, 0, 2]), pixels]);
  const image = smallPng([chunk("acTL", control), chunk("fcTL", frame)]);
  const end = image.subarray(image.length - 12);
  const more = [chunk("fcTL", next), chunk("fdAT", data)];
  return Buffer.concat([image.subarray(0, image.length - 12), ...more, end]);
}

/** A directory of one entry that is a text: what a camera says, or whoever edited it. */
function exif(): Buffer {
  const text = Buffer.from(`${MARK}\0`, "latin1");
  const head = Buffer.from("MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02", "latin1");
  const place = Buffer.alloc(8);
  place.writeUInt32BE(text.length, 0);
  place.writeUInt32BE(26, 4);
  return Buffer.concat([head, place, Buffer.alloc(4), text]);
}

/** A photo with what a camera writes into it, and what was put behind its end. */
export function tellingJpeg(): Buffer {
  const segment = (marker: number, data: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const parts = [
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif()])),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${MARK}</x>`, "latin1")),
    segment(0xfe, Buffer.from(`<script>${MARK}`, "latin1")),
  ];
  const tail = Buffer.from(`<html>${MARK}PK\x03\x04`, "latin1");
  return Buffer.concat([JPEG.subarray(0, 2), ...parts, JPEG.subarray(2), tail]);
}

/** A PDF of so many objects; viewers find their way without a table of positions. */
export function pdf(...objects: readonly string[]): Buffer {
  const all = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [] /Count 0 >>",
    ...objects,
  ];
  const numbered = all.map((text, at) => `${at + 1} 0 obj\n${text}\nendobj\n`);
  return Buffer.from(`%PDF-1.7\n${numbered.join("")}trailer << /Root 1 0 R >>\n%%EOF\n`, "latin1");
}

/** A part of a form, with headers of the sender's own making. */
export function part(content: Uint8Array | string, headers: readonly string[]): Buffer {
  const head = [`--${BOUNDARY}`, ...headers, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from("\r\n")]);
}

export function disposition(name: string): string {
  return `Content-Disposition: form-data; name="file"; filename="${name}"`;
}

/** Send a form of these bytes. */
export function sendForm(client: Client, body: Uint8Array | string, headers = {}): Promise<Answer> {
  return client.ask("/files", { method: "POST", headers: { ...MULTIPART, ...headers }, body });
}

/** Send a file as a browser does. */
export function send(client: Client, content: Uint8Array, sent: Sent = {}): Promise<Answer> {
  const { name = "photo.png", type = "image/png" } = sent;
  const whole = part(content, [disposition(name), `Content-Type: ${type}`]);
  return sendForm(client, Buffer.concat([whole, Buffer.from(END)]));
}

/** Send a file that has to be taken; its id. */
export async function sent(client: Client, content: Uint8Array, about: Sent = {}): Promise<string> {
  const answer = await send(client, content, about);
  if (answer.status !== 201) throw new Unprepared("no file can be sent", answer);
  return answer.field("id");
}

/** Files of a server, and people of it. */
export interface Depot {
  /** As in `var/uploads-1f3a`: nobody else's files are there. */
  readonly folder: string;
  readonly server: Instance;
  readonly client: Client;
}

/** A server that keeps files in a folder of its own, whatever other checks send meanwhile, and somebody signed in. */
export async function depot(t: Trial, variation: Variation = {}): Promise<Depot> {
  const database = t.lab.settings.DATABASE_URL ?? "";
  const mark = createHash("sha256").update(database).digest("hex").slice(0, 12);
  const folder = `var/uploads-${mark}`;
  const settings = { ...variation.settings, UPLOAD_DIR: folder };
  const server = await t.lab.server({ ...variation, settings });
  const { client } = await t.peopleOf(server).signUp();
  return { folder, server, client };
}

/** Every file in a depot's folder, unfinished ones too. */
export async function stored(t: Trial, { folder }: Depot): Promise<readonly string[]> {
  const paths = [...(await t.lab.workspace.list()).keys()];
  return paths.filter((path) => path.startsWith(`${folder}/`)).toSorted();
}

const CLEAN_MILLISECONDS = 5000;

/** What is left beyond the files that were there, once the server had time to clean up. */
export async function leftBehind(
  t: Trial,
  depot: Depot,
  before: readonly string[],
): Promise<readonly string[]> {
  const until = performance.now() + CLEAN_MILLISECONDS;
  for (;;) {
    const left = (await stored(t, depot)).filter((path) => !before.includes(path));
    if (left.length === 0 || performance.now() > until) return left;
    await sleep(50);
  }
}
