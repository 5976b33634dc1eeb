import type { Answer } from "./answer.js";

/** One `Set-Cookie` line, taken apart. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Lower-case names; a flag's value is empty. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly line: string;
}

/** The cookies that an answer sets. */
export function cookiesOf(answer: Answer): readonly SetCookie[] {
  return answer.all("set-cookie").map((line) => {
    const [first = "", ...rest] = line.split(";").map((part) => part.trim());
    const [name, value] = split(first);
    const attributes = rest.map(split).map(([key, text]) => [key.toLowerCase(), text] as const);
    return { name, value, attributes: new Map(attributes), line };
  });
}

function split(text: string): [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The cookies of one browser at one server. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  keep(answer: Answer): void {
    for (const { name, value, attributes } of cookiesOf(answer)) {
      if (attributes.get("max-age") === "0" || value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  delete(name: string): void {
    this.#cookies.delete(name);
  }

  names(): readonly string[] {
    return [...this.#cookies.keys()];
  }

  /** The `Cookie` header; undefined when there is nothing to send. */
  header(): string | undefined {
    const pairs = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? undefined : pairs.join("; ");
  }
}
