import { expect, it } from "vitest";

import { RecentServers } from "../../../src/run/recent.js";

/** Servers that note what happens to them. */
function made(): { servers: RecentServers<{ stop: () => Promise<void> }>; events: string[] } {
  const events: string[] = [];
  return { servers: new RecentServers(2), events };
}

/** How a server of this name is started. */
function starting(name: string, events: string[]): () => Promise<{ stop: () => Promise<void> }> {
  return () => {
    events.push(`start ${name}`);
    return Promise.resolve({
      stop: () => {
        events.push(`stop ${name}`);
        return Promise.resolve();
      },
    });
  };
}

it("stops the server that was asked for longest ago, and starts it again when it is asked for", async () => {
  const { servers, events } = made();
  for (const name of ["a", "b", "a", "c", "a", "b"])
    await servers.ask(name, starting(name, events));
  expect(events).toEqual(["start a", "start b", "start c", "stop b", "start b", "stop c"]);
});

it("goes on after one that does not start", async () => {
  const { servers, events } = made();
  const failing = (): Promise<never> => Promise.reject(new Error("no port"));
  await expect(servers.ask("a", failing)).rejects.toThrow("no port");
  for (const name of ["b", "c", "d"]) await servers.ask(name, starting(name, events));
  expect(events).toEqual(["start b", "start c", "start d", "stop b"]);
});
