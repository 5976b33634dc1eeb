import { randomUUID } from "node:crypto";

import type { Answer } from "../../answer.js";
import type { Check } from "../../check.js";
import { comparable } from "../../trial.js";
import { every, hasStatus } from "../support/observe.js";
import {
  depot,
  disposition,
  END,
  leftBehind,
  part,
  pdf,
  send,
  sendForm,
  sent,
  smallPng,
  stored,
} from "./files.js";

const PDF = "application/pdf";
const TAKEN = [
  "../../etc/x.pdf",
  "..\\..\\x.pdf",
  "C:\\x.pdf",
  "/abs.pdf",
  "con.pdf",
  "x.php.pdf",
  `${"x".repeat(300)}.pdf`,
  "a\u202efdp.pdf",
];
const FIELD = 'Content-Disposition: form-data; name="file"';
/** The name in the form of other headers (RFC 8187), alone and beside the one of forms. */
const ENCODED = [
  `${FIELD}; filename*=UTF-8''..%2F..%2Fetc%2Fx.pdf`,
  `${disposition("x.pdf")}; filename*=UTF-8''..%2Fshell.php`,
];
const REFUSED = [".htaccess", "a.png\0.html", "x\u202egnp.exe", "..", "/", "a.png.html"];
const WINDOW_SIGNS = /[\r\n"\\\u202e]/;

/** Where files are kept, under which name, and how they come out again. */
export const storageChecks: readonly Check[] = [
  {
    id: "UPLOAD-04",
    needs: "inspector",
    feature: "uploads",
    fix: "Store under a random name of your own, and keep what the sender calls it for showing only.",
    run: async (t) => {
      const { client, folder } = await depot(t);
      const files = async (): Promise<readonly string[]> => [
        ...(await t.lab.workspace.list()).keys(),
      ];
      for (const header of [...TAKEN.map(disposition), ...ENCODED]) {
        const before = new Set(await files());
        const file = part(pdf(), [header, `Content-Type: ${PDF}`]);
        const answer = await sendForm(client, Buffer.concat([file, Buffer.from(END)]));
        t.status(answer, 201, "a name decides nothing");
        t.equal(
          "what is shown of it is its last part",
          /[/\\]/.test(answer.field("filename")),
          false,
        );
        // Elsewhere below var/ others may be at work; anything else that appears is ours.
        const isOurs = (path: string): boolean =>
          !before.has(path) &&
          !path.endsWith(".pyc") &&
          (path.startsWith(`${folder}/`) || !path.startsWith("var/"));
        const made = (await files()).filter(isOurs);
        const random = made.filter((path) =>
          /^[\w-]{32,}$/.test(path.slice(path.lastIndexOf("/") + 1)),
        );
        const isRandom = random.length === made.length;
        t.holds("one file appears, under a random name", made.length === 1 && isRandom, {
          ...{ request: answer.request, expected: "one file in the folder of uploads" },
          observed: made.join(", "),
        });
      }
      const answers: Answer[] = [];
      for (const name of REFUSED) answers.push(await send(client, smallPng(), { name }));
      const claim = "a name that would mislead is refused";
      every(
        t,
        { claim, expected: "400, 415 or 422" },
        { answers, isRight: hasStatus(400, 415, 422) },
      );
    },
  },
  {
    id: "UPLOAD-10",
    needs: "http",
    feature: "uploads",
    fix: "Send a file as an attachment with an encoded name, the server's own type, nosniff and a sandbox.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const id = await sent(client, smallPng(), { name: "m\u00fcll;%22\u201c.png" });
      const answer = t.status(await client.get(`/files/${id}/content`), 200, "a file comes back");
      const shown = answer.header("content-disposition") ?? "";
      t.holds("it is an attachment", /^attachment; filename\*=UTF-8''[\w.%-]+$/.test(shown), {
        ...{ request: answer.request, observed: shown },
        expected: "attachment; filename*=UTF-8''..., every other sign encoded",
      });
      t.equal("its name leaves no header", WINDOW_SIGNS.test(shown), false);
      t.equal("its type is the server's", answer.header("content-type"), "image/png");
      t.equal("no browser guesses another", answer.header("x-content-type-options"), "nosniff");
      const policy = (answer.header("content-security-policy") ?? "").split("; ");
      const missing = ["sandbox", "default-src 'none'"].filter((rule) => !policy.includes(rule));
      t.equal("shown nevertheless, it could do nothing", missing, []);
      const resource = answer.header("cross-origin-resource-policy");
      t.equal("and on no page of others", resource, "same-origin");
    },
  },
  {
    id: "UPLOAD-11",
    needs: "inspector",
    feature: "uploads",
    fix: "Find a file by its id and its owner's, in one statement, and serve no folder.",
    run: async (t) => {
      const [place, { client: stranger }] = [await depot(t), await depot(t)];
      const { client: owner } = place;
      const id = await sent(owner, smallPng());
      const asks = [
        ["GET", ""],
        ["GET", "/content"],
        ["DELETE", ""],
      ] as const;
      for (const [method, tail] of asks) {
        const ask = (file: string) => stranger.ask(`/files/${file}${tail}`, { method });
        const foreign = t.status(await ask(id), 404, "somebody else's file is not there");
        const none = await ask(randomUUID());
        t.equal("and looks like none", comparable(foreign), comparable(none));
      }
      const listed = await stranger.get("/files");
      t.equal("it is in nobody else's list", listed.text.includes(id), false);
      t.status(await owner.get(`/files/${id}/content`), 200, "its owner still has it");
      const [row] = await t.inspector.rows("files", { id });
      const key = String(row?.storage_key);
      t.equal("its stored name cannot be guessed", /^[\w-]{43,}$/.test(key), true);
      const seen = [await owner.get(`/files/${id}`), await owner.get("/users/me/export")];
      t.equal(
        "and is shown to nobody",
        seen.some(({ text }) => text.includes(key)),
        false,
      );
      const [path = ""] = (await stored(t, place)).filter((file) => file.endsWith(key));
      const guesses = [`/${path}`, `/uploads/${key}`, `/static/${key}`, `/api/v1/files/${key}`];
      const answers = await Promise.all(guesses.map((guess) => owner.send(guess)));
      const claim = "no path leads to it but its own";
      every(t, { claim, expected: "404 or 422" }, { answers, isRight: hasStatus(404, 422) });
    },
  },
  {
    id: "UPLOAD-13",
    needs: "inspector",
    feature: "uploads",
    fix: "Write to a temporary file, store, then commit the row, and take the content away when that fails.",
    run: async (t) => {
      const place = await depot(t, { ownDatabase: true });
      const { client, server } = place;
      const before = await stored(t, place);
      const bytes = client.bytes("/api/v1/files", {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=x", "content-length": "1000000" },
      });
      const start =
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG\r\n\x1a\n';
      const broken = [...bytes, start, Buffer.alloc(100_000)];
      await client.raw("POST /files, broken off", broken, 0.3);
      t.equal("what breaks off leaves no file", await leftBehind(t, place, before), []);
      await server.inspector.rename("files", "files_away");
      const failed = await send(client, smallPng());
      await server.inspector.rename("files_away", "files");
      t.status(failed, [500, 503], "a row that cannot be stored is no success");
      t.equal("and leaves no file", await leftBehind(t, place, before), []);
      t.equal("nor is there a row", (await server.inspector.rows("files")).length, 0);
    },
  },
];
