import type { Problem } from "../errors.js";

export interface Names {
  /** `my-api`: packages, containers, folders. */
  readonly slug: string;
  /** `my_api`: identifiers. */
  readonly module: string;
  /** `My API`: prose. */
  readonly title: string;
}

/** Names that a project may not have, and what they are, as in "a keyword". */
export interface ReservedNames {
  readonly reason: string;
  readonly names: ReadonlySet<string>;
  /** Whatever begins so is reserved as well. */
  readonly beginnings?: readonly string[];
  /** Of a field, its column or its attribute may not have the name; the field itself may. */
  readonly of?: "columns" | "attributes";
}

/** Whether a name is one of a group's. */
export function isReserved(name: string, { names, beginnings = [] }: ReservedNames): boolean {
  return names.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}

const LONGEST = 64;
const FORM = /^[A-Za-z](?:[A-Za-z0-9 _-]*[A-Za-z0-9_-])?$/;

/** Words that are written in capitals in prose. */
const ACRONYMS = new Set(
  "ai api aws cms cpu crm css csv db dns erp faq gps gui hr html http https id io iot ip json jwt pdf rest rss sdk seo sms sql sso ui url ux xml".split(
    " ",
  ),
);

function parts(name: string): readonly string[] {
  return name.split(/[ _-]+/).filter((part) => part !== "");
}

/** The words of a name, in small letters: `MyHTTPServer-2` -> `my`, `http`, `server`, `2`. */
export function words(name: string): readonly string[] {
  const spaced = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, "$1 ");
  return parts(spaced).map((word) => word.toLowerCase());
}

/** A word that somebody has spelt with capitals keeps them. */
export function inProse(word: string): string {
  if (/[A-Z]/.test(word)) return word;
  return ACRONYMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}

/** The three spellings of a name that `checkName` accepts. */
export function spell(name: string): Names {
  const spoken = words(name);
  const title = parts(name).map(inProse).join(" ");
  return { slug: spoken.join("-"), module: spoken.join("_"), title };
}

/** What is wrong with a project's name, if anything. */
export function checkName(name: string, reserved: readonly ReservedNames[]): Problem | undefined {
  if (name.length > LONGEST) {
    return {
      code: "name.too-long",
      message: `The project name "${name.slice(0, 20)}…" has ${name.length} characters.`,
      hint: `Use at most ${LONGEST}, or give a shorter one with --name.`,
    };
  }
  if (!FORM.test(name)) {
    return {
      code: "name.invalid",
      message: `"${printable(name)}" cannot be a project name.`,
      hint: "Use letters, digits, spaces, - and _, beginning with a letter, as in my-api; or give one with --name.",
    };
  }
  return checkReserved(spell(name), reserved);
}

function checkReserved(names: Names, reserved: readonly ReservedNames[]): Problem | undefined {
  const clash = reserved.find((group) => isReserved(names.module, group));
  if (clash === undefined) return undefined;
  return {
    code: "name.reserved",
    message: `"${names.slug}" cannot be a project name: ${names.module} is ${clash.reason}.`,
    hint: `Give another, as in --name ${names.slug}-api.`,
  };
}

/** Control characters would let a name rewrite the terminal that shows the refusal. */
export function printable(text: string): string {
  const shown = text.replaceAll(/[\p{C}\p{Z}]/gu, (char) => (char === " " ? char : "�"));
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}
