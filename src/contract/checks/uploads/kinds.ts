import { gzipSync } from "node:zlib";

import type { Answer } from "../../answer.js";
import type { Check, Trial } from "../../check.js";
import type { Client } from "../../client.js";
import { every, hasStatus } from "../support/observe.js";
import {
  depot,
  leftBehind,
  MARK,
  movingPng,
  pdf,
  png,
  send,
  type Sent,
  sent,
  smallPng,
  stored,
  tellingJpeg,
  tellingPng,
} from "./files.js";

type File = readonly [name: string, type: string, content: Uint8Array];

const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const GIF = Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64");
/** An archive with nothing in it: what counts is that nobody looks. */
const ZIP = Buffer.from(`PK\x05\x06${"\0".repeat(18)}`, "latin1");
const PDF: Sent = { name: "a.pdf", type: "application/pdf" };
const JPEG: Sent = { name: "a.jpg", type: "image/jpeg" };

const DISAGREEING: readonly File[] = [
  ["shell.html", "image/png", HTML],
  ["shell.png", "image/png", HTML],
  ["shell.png", "image/png", Buffer.from("<?php system($_GET[0]);")],
  ["a.jpg", "image/jpeg", smallPng()],
  ["a.png", "image/jpeg", smallPng()],
  ["a.png", "text/html", smallPng()],
  ["a.html", "image/png", smallPng()],
  ["a.pdf", "application/pdf", smallPng()],
  ["a.png", "image/png", pdf()],
  ["a", "image/png", smallPng()],
];

const RUNNING: readonly File[] = [
  ["drawing.svg", "image/svg+xml", SVG],
  ["drawing.png", "image/png", SVG],
  ["drawing.svgz", "image/svg+xml", gzipSync(SVG)],
  ["page.html", "text/html", HTML],
  ["data.xml", "application/xml", Buffer.from("<?xml version='1.0'?><!DOCTYPE a>")],
  ["film.swf", "application/x-shockwave-flash", Buffer.from("CWS\n")],
  ["anim.gif", "image/gif", GIF],
];

const ACTING = [
  "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
  "<< /S /J#61vaScript /JS (x) >>",
  "<< /S /Launch /F (cmd.exe) >>",
  "<< /Names << /EmbeddedFiles 3 0 R >> >>",
  "<< /OpenAction << /S /URI /URI (javascript:alert\\(1\\)) >> >>",
];

/** A directory of nothing, behind what begins like an entry. */
const ZIP_ENTRY = Buffer.from(`PK\x03\x04${"\0".repeat(26)}`, "latin1");
const inPdf = (text: Buffer): Buffer => pdf(`(${text.toString("latin1")})`);
const bare = (text: Buffer): Buffer =>
  Buffer.concat([Buffer.from("%PDF-1.4\n"), text, Buffer.from("\n%%EOF")]);

/** A PDF for its viewer, or for its first line, and something else for others. */
const POLYGLOTS = [HTML, Buffer.from("<?php system($_GET[0]); ?>"), Buffer.concat([ZIP_ENTRY, ZIP])]
  .flatMap((text) => [bare(text), inPdf(text)])
  .concat(Buffer.concat([pdf(), HTML]));

const ARCHIVES: readonly File[] = [
  ["all.zip", "application/zip", ZIP],
  ["all.png", "image/png", ZIP],
  ["letter.docx", "application/octet-stream", ZIP],
  ["all.tar.gz", "application/gzip", gzipSync(Buffer.alloc(1_000_000))],
  ["all.7z", "application/x-7z-compressed", Buffer.from("7z\xbc\xaf\x27\x1c", "latin1")],
];

async function sendAll(client: Client, files: readonly File[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const [name, type, content] of files)
    answers.push(await send(client, content, { name, type }));
  return answers;
}

/** None of these is taken, and nothing of them is kept. */
async function takesNone(t: Trial, claim: string, files: readonly File[]): Promise<void> {
  const place = await depot(t);
  const before = await stored(t, place);
  const answers = await sendAll(place.client, files);
  every(t, { claim, expected: "415 or 422" }, { answers, isRight: hasStatus(415, 422) });
  t.equal("nothing of them is kept", await leftBehind(t, place, before), []);
}

async function download(client: Client, content: Uint8Array, about: Sent = {}): Promise<Answer> {
  return client.get(`/files/${await sent(client, content, about)}/content`);
}

/** What is downloaded is an image still, and holds nothing of what was hidden in it. */
function isRedrawn(t: Trial, beginning: string, answer: Answer): void {
  t.status(answer, 200, "an image is taken and given back");
  const bytes = answer.body.toString("latin1");
  t.equal("it is an image still", bytes.startsWith(beginning), true);
  const left = [MARK, "<script>", "<html>", "PK\x03\x04", "Exif", "eXIf", "iCCP", "xap"];
  t.equal(
    "and nothing else",
    left.filter((text) => bytes.includes(text)),
    [],
  );
}

const FIX =
  "Let the first bytes decide, compare name and declared type with them, and take a short list.";
const REDRAW = "Draw every image anew on an empty canvas, and keep only that.";

/** Which files are taken, and what becomes of them. */
export const kindChecks: readonly Check[] = [
  {
    id: "UPLOAD-01",
    needs: "inspector",
    feature: "uploads",
    fix: FIX,
    run: async (t) => {
      await takesNone(t, "what is not what it says it is, is refused", DISAGREEING);
      const { client } = await t.people.signUp();
      t.status(await send(client, smallPng()), 201, "where all three agree, it is taken");
    },
  },
  {
    id: "UPLOAD-02",
    needs: "inspector",
    feature: "uploads",
    fix: FIX,
    run: async (t) => {
      await takesNone(t, "what a browser would run is refused", RUNNING);
      const pdfs = ACTING.map((text): File => ["a.pdf", "application/pdf", pdf(text)]);
      await takesNone(t, "so is a PDF that does something by itself", pdfs);
    },
  },
  {
    id: "UPLOAD-03",
    needs: "http",
    feature: "uploads",
    fix: REDRAW,
    run: async (t) => {
      const { client } = await t.people.signUp();
      isRedrawn(t, "\x89PNG", await download(client, tellingPng()));
      const files = POLYGLOTS.map((content): File => ["a.pdf", "application/pdf", content]);
      const answers = await sendAll(client, files);
      const claim = "what is a PDF and something else is refused";
      every(t, { claim, expected: "415 or 422" }, { answers, isRight: hasStatus(415, 422) });
      t.status(await send(client, pdf(), PDF), 201, "a PDF alone is taken");
    },
  },
  {
    id: "UPLOAD-07",
    needs: "inspector",
    feature: "uploads",
    fix: "Read the size from the header, and refuse too many pixels or a second frame before decoding.",
    run: async (t) => {
      const bombs: readonly File[] = [
        ["a.png", "image/png", png({ width: 30_000, height: 30_000, rows: 1 })],
        ["a.png", "image/png", png({ width: 13_000, height: 13_000, rows: 1 })],
        ["a.png", "image/png", movingPng()],
      ];
      const { client } = await t.people.signUp();
      const answers = await sendAll(client, bombs);
      const isRight = (answer: Answer): boolean =>
        answer.status === 422 && answer.field("code") === "image_too_large";
      const claim = "too many pixels or frames are refused by what the header says";
      every(t, { claim, expected: "422 image_too_large" }, { answers, isRight });
    },
  },
  {
    id: "UPLOAD-08",
    needs: "inspector",
    feature: "uploads",
    fix: FIX,
    run: (t) => takesNone(t, "no archive is taken, under whatever name", ARCHIVES),
  },
  {
    id: "UPLOAD-09",
    needs: "http",
    feature: "uploads",
    fix: REDRAW,
    run: async (t) => {
      const { client } = await t.people.signUp();
      isRedrawn(t, "\xff\xd8\xff", await download(client, tellingJpeg(), JPEG));
    },
  },
];
