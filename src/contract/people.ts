import { randomBytes, randomUUID } from "node:crypto";

import type { Answer } from "./answer.js";
import { Skipped, Unprepared } from "./check.js";
import type { Client } from "./client.js";
import type { Inspector } from "./inspector.js";
import type { Surface } from "./surface.js";

/** Somebody with an account. */
export interface Account {
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

/** Somebody who is signed in: their client sends the access token, and keeps the cookies. */
export interface Person extends Account {
  readonly id: string;
  readonly client: Client;
  readonly accessToken: string;
}

const CONSONANTS = "bcdfghjkmnpqrtvw";
/** Those that stand for no letter. */
const DIGITS = "269";

/** A password that holds no name of a project, which would have it refused: its letters never touch. */
function inventPassword(): string {
  const pair = (byte: number): string =>
    CONSONANTS.charAt(byte % CONSONANTS.length) + DIGITS.charAt((byte >> 4) % DIGITS.length);
  return Array.from(randomBytes(12), pair).join("");
}

/** Makes people whom no other check knows. */
export class People {
  readonly #client: Client;
  readonly #surface: Surface;
  readonly #inspector: Inspector | undefined;

  constructor(client: Client, surface: Surface, inspector: Inspector | undefined) {
    this.#client = client;
    this.#surface = surface;
    this.#inspector = inspector;
  }

  /** Names and a password that nobody has used. */
  invent(): Account {
    const mark = randomBytes(5).toString("hex");
    return { email: `v${mark}@example.com`, username: `v${mark}`, password: inventPassword() };
  }

  /** A browser that nobody has used. */
  browser(): Client {
    return this.#client.fresh();
  }

  /** Send what a registration form sends, and nothing else. */
  async register(account: Account, client = this.browser()): Promise<Answer> {
    const { email, username, password } = account;
    return client.post("/auth/register", { email, username, password });
  }

  /** Send what a sign-in form sends, and nothing else. */
  async logIn(account: Account, client: Client): Promise<Answer> {
    const form = { username: account.email, password: account.password };
    return client.ask("/auth/login", { method: "POST", form });
  }

  /** Make an account that may sign in. */
  async enrol(account: Account = this.invent()): Promise<Account> {
    const answer = await this.register(account);
    if (answer.status !== 201 && answer.status !== 202) {
      throw new Unprepared("nobody can register", answer);
    }
    await this.#confirm(account);
    return account;
  }

  /** Sign somebody in, in a browser of their own. */
  async signIn(account: Account, browser = this.browser()): Promise<Person> {
    const answer = await this.logIn(account, browser);
    if (answer.status !== 200) throw new Unprepared("nobody can sign in", answer);
    const accessToken = answer.field("access_token");
    const client = browser.with({ authorization: `Bearer ${accessToken}` });
    const me = await client.get("/users/me");
    if (me.status !== 200) throw new Unprepared("who signed in cannot read their account", me);
    return { ...account, id: me.field("id"), client, accessToken };
  }

  /** Somebody new, signed in. */
  async signUp(account: Account = this.invent()): Promise<Person> {
    return this.signIn(await this.enrol(account));
  }

  /** A new administrator, signed in. Only the database can make one: that is part of the contract. */
  async admin(): Promise<Person> {
    const account = await this.enrol();
    await this.promote(account);
    return this.signIn(account);
  }

  /** Make somebody an administrator. */
  async promote({ email }: Account): Promise<void> {
    if (this.#inspector === undefined) {
      throw new Skipped("needs an administrator, and the server was not started here");
    }
    await this.#inspector.update("users", { email }, { role: "admin" });
  }

  /** With mail, an address has to be confirmed; the checks of that do it themselves. */
  async #confirm({ email }: Account): Promise<void> {
    if (!this.#surface.features.has("email") || this.#inspector === undefined) return;
    const [row] = await this.#inspector.rows("users", { email });
    if (row?.id === undefined || row.created_at === undefined) return;
    const { id: owner_id, created_at: at } = row;
    const times = { created_at: at, updated_at: at, verified_at: at };
    await this.#inspector.insert("verified_emails", {
      id: randomUUID(),
      owner_id,
      email,
      ...times,
    });
  }
}
