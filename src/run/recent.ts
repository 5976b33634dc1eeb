/** What holds something until it is told to stop. */
interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Servers by what they were asked for as, of which only the last few go on running. */
export class RecentServers<Server extends Stoppable> {
  readonly #most: number;
  readonly #servers = new Map<unknown, Promise<Server>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The server of this key, started where none runs; whichever was asked for longest ago is stopped for it. */
  async ask(key: unknown, start: () => Promise<Server>): Promise<Server> {
    const running = this.#servers.get(key) ?? start();
    // The one that was asked for last stands last.
    this.#servers.delete(key);
    this.#servers.set(key, running);
    await this.#retire();
    return running;
  }

  async #retire(): Promise<void> {
    for (const [key, running] of [...this.#servers].slice(0, -this.#most)) {
      this.#servers.delete(key);
      await running.then(
        (server) => server.stop(),
        () => undefined,
      );
    }
  }
}
