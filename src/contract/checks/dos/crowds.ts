import { Socket } from "node:net";

import type { Check, Trial } from "../../check.js";
import { every, hasStatus } from "../support/observe.js";

const SIGN_INS = 50;
const BROKEN_OFF = 100;
const DRIPPING = 50;
const LIVE_MILLISECONDS = 500;
const LOCKED_SECONDS = 20;
const FIX = "Hash off the event loop, a few at a time, and send the rest of a crowd away with 503.";

/** How long liveness takes at the 95th percentile, asked over and over until the work is done. */
async function livenessDuring(t: Trial, work: Promise<unknown>): Promise<number> {
  const times: number[] = [];
  const state = { isOver: false };
  const end = work.finally(() => {
    state.isOver = true;
  });
  while (!state.isOver || times.length < 20)
    times.push((await t.http.send("/health/live")).milliseconds);
  await end;
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** Connections that begin a request and never end it. */
async function dripping(t: Trial, start: string): Promise<readonly Socket[]> {
  const { host, port } = t.http.manner.endpoint;
  const sockets = Array.from({ length: DRIPPING }, () => new Socket());
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on("error", () => {
            resolve();
          });
          socket.connect(port, host, () => {
            socket.write(start);
            resolve();
          });
        }),
    ),
  );
  return sockets;
}

/** Many at once, and those who never finish. */
export const crowdChecks: readonly Check[] = [
  {
    id: "DOS-02",
    isAlone: true,
    needs: "http",
    profiles: ["production"],
    isSlow: true,
    fix: "Give the whole of a request's head and body a time limit.",
    run: async (t) => {
      const idle = await livenessDuring(t, Promise.resolve());
      const limit = Math.max(LIVE_MILLISECONDS, 3 * idle);
      const head =
        "POST /api/v1/auth/register HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n";
      const body = `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
      const sockets = [...(await dripping(t, head)), ...(await dripping(t, body))];
      const ended = sockets.map(
        (socket) =>
          new Promise<void>((resolve) =>
            socket.on("close", () => {
              resolve();
            }),
          ),
      );
      for (const socket of sockets) socket.resume();
      const slow = await livenessDuring(t, Promise.resolve());
      t.holds("a hundred who dawdle hold nobody up", slow < limit, {
        expected: `liveness within ${Math.round(limit)} ms`,
        observed: `${Math.round(slow)} ms`,
      });
      const patience = new Promise<string>((resolve) =>
        setTimeout(() => {
          resolve("some are still held");
        }, 60_000),
      );
      const observed = await Promise.race([
        Promise.all(ended).then(() => "all are cut off"),
        patience,
      ]);
      for (const socket of sockets) socket.destroy();
      t.holds("they are cut off", observed === "all are cut off", {
        expected: "all are cut off within 60 s",
        observed,
      });
    },
  },
  {
    id: "DOS-03",
    isAlone: true,
    needs: "http",
    fix: FIX,
    run: async (t) => {
      const idle = await livenessDuring(t, Promise.resolve());
      const form = { username: "nobody", password: "violet anchor meadow lantern" };
      const crowd = Promise.all(
        Array.from({ length: SIGN_INS }, (_, number) =>
          t.http.ask("/auth/login", {
            method: "POST",
            form: { ...form, username: `${t.people.invent().username}${number}` },
            seconds: 60,
          }),
        ),
      );
      const busy = await livenessDuring(t, crowd);
      const limit = Math.max(LIVE_MILLISECONDS, 10 * idle);
      t.holds("the server stays responsive while fifty sign in", busy < limit, {
        expected: `liveness within ${Math.round(limit)} ms`,
        observed: `${Math.round(busy)} ms`,
      });
      const isRight = hasStatus(401, 429, 503);
      every(
        t,
        { claim: "each of them is answered", expected: "401, or 503 where there are too many" },
        { answers: await crowd, isRight },
      );
    },
  },
  {
    id: "DOS-06",
    needs: "http",
    fix: "Give a connection of the database back whatever becomes of the client.",
    run: async (t) => {
      const { client } = await t.people.signUp();
      const { host, port } = t.http.manner.endpoint;
      const request = client.bytes("/api/v1/users/me", {});
      for (let count = 0; count < BROKEN_OFF; count += 1) {
        const socket = new Socket();
        await new Promise<void>((resolve) => {
          socket.on("error", () => {
            resolve();
          });
          socket.connect(port, host, () => {
            for (const piece of request) if (typeof piece === "string") socket.write(piece);
            setTimeout(() => {
              socket.resetAndDestroy();
              resolve();
            }, 1);
          });
        });
      }
      const answers = await Promise.all(Array.from({ length: 30 }, () => client.get("/users/me")));
      const claim = `after ${BROKEN_OFF} clients hung up, everybody is answered`;
      every(t, { claim, expected: "200" }, { answers, isRight: hasStatus(200) });
    },
  },
  {
    id: "DOS-07",
    needs: "inspector",
    fix: "Set the database's limits for statements and locks, and answer 503 with Retry-After when they are met.",
    run: async (t) => {
      const person = await t.people.signUp();
      const release = await t.inspector.lock("users", { email: person.email });
      const answer = await person.client.patch(
        "/users/me",
        { username: t.people.invent().username },
        { seconds: LOCKED_SECONDS },
      );
      await release();
      t.status(answer, 503, "who waits for a lock does not wait for ever");
      t.holds("the client is told when to come back", Number(answer.header("retry-after")) >= 1, {
        request: answer.request,
        expected: "Retry-After",
        observed: answer.header("retry-after") ?? "nothing",
      });
      const again = await person.client.patch("/users/me", {
        username: t.people.invent().username,
      });
      t.status(again, 200, "once the lock is gone, it works");
    },
  },
];
