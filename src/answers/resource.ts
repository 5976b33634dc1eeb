import type { Problem } from "../errors.js";
import type { Field } from "./fields.js";
import { isPlural, plural, singular } from "./inflection.js";
import { inProse, printable, words } from "./names.js";

/** One word or more, in every way in which code and prose write it. */
export interface Spelling {
  /** `blog_post` */
  readonly snake: string;
  /** `blog-post` */
  readonly kebab: string;
  /** `BlogPost`; the singular of a name that was given in this form stays as it was: `APIKey`. */
  readonly pascal: string;
  /** `blog post`, `API key`: within a sentence. */
  readonly prose: string;
  /** `Blog post`, `API key`: at its beginning. */
  readonly title: string;
}

/** One resource by its name: modules, tables, paths, classes and sentences. */
export interface ResourceNames {
  readonly singular: Spelling;
  readonly plural: Spelling;
  /** Before the singular in prose. */
  readonly article: "a" | "an";
}

/** What a resource does differently from the usual one. */
export interface ResourceFlags {
  /** Everybody signed in or not reads; the owner writes. */
  readonly publicRead: boolean;
  /** No row has an owner: administrators write, everybody signed in reads. */
  readonly noOwner: boolean;
  /** A deleted row stays, and is seen no more. */
  readonly softDelete: boolean;
  /** Reading one row is an event of the audit log. */
  readonly auditReads: boolean;
  /** A change without `If-Match` is refused. */
  readonly requireIfMatch: boolean;
  /** A list under the parent of each `ref`: `/customers/{customer_id}/invoices`. */
  readonly children: boolean;
}

/** Everything that decides what is generated for one resource. */
export interface Resource {
  readonly names: ResourceNames;
  readonly fields: readonly Field[];
  readonly flags: ResourceFlags;
}

export const USUAL_FLAGS: ResourceFlags = {
  publicRead: false,
  noOwner: false,
  softDelete: false,
  auditReads: false,
  requireIfMatch: false,
  children: false,
};

const LONGEST = 40;
const FORM = /^[A-Za-z](?:[A-Za-z0-9]|[ _-](?=[A-Za-z0-9]))*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*$/;

function spelling(parts: readonly string[], given?: string): Spelling {
  const pascal = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
  const prose = parts.map(proseWord).join(" ");
  return {
    snake: parts.join("_"),
    kebab: parts.join("-"),
    pascal: given !== undefined && PASCAL.test(given) ? given : pascal,
    prose,
    title: prose.charAt(0).toUpperCase() + prose.slice(1),
  };
}

/** Acronyms in capitals, their plurals too: `API keys`, `URLs`. */
function proseWord(word: string): string {
  const spelt = inProse(word);
  if (spelt === spelt.toUpperCase()) return spelt;
  const one = inProse(word.replace(/s$/, ""));
  const isAcronym = word.endsWith("s") && one.length > 1 && one === one.toUpperCase();
  return isAcronym ? `${one}s` : word;
}

function pluralParts(parts: readonly string[]): readonly string[] {
  return [...parts.slice(0, -1), plural(parts.at(-1) ?? "")];
}

/** Sounds, not letters: an hour, an HTML page, a user, a URL. */
function article(prose: string): "a" | "an" {
  const [first = ""] = prose.split(" ");
  if (/^[A-Z]{2,}/.test(first)) return /^[AEFHILMNORSX]/.test(first) ? "an" : "a";
  if (/^(?:hour|honou?r|heir|honest)/.test(first)) return "an";
  return /^(?:[aeio]|u(?!ni|se|su|ti|ra|ku))/.test(first) ? "an" : "a";
}

/** A resource's names from the one that was given, and its plural where that was given too. */
export function spellResource(name: string, pluralName?: string): ResourceNames {
  const parts = words(name);
  const one = spelling(parts, name);
  const many = spelling(pluralName === undefined ? pluralParts(parts) : words(pluralName));
  return { singular: one, plural: many, article: article(one.prose) };
}

/** What is wrong with the form of a resource's name, if anything. Whether it is free is the project's to say. */
export function checkResourceName(name: string, pluralName?: string): Problem | undefined {
  const odd = [name, pluralName].find((one) => one !== undefined && !isName(one));
  if (odd !== undefined) {
    return {
      code: "resource.name",
      message: `"${printable(odd)}" cannot be a resource's name.`,
      hint: `Use at most ${LONGEST} letters and digits, beginning with a letter: Invoice, BlogPost.`,
    };
  }
  return pluralName === undefined ? checkSingular(name) : checkPair(name, pluralName);
}

function isName(name: string): boolean {
  return FORM.test(name) && words(name).join("_").length <= LONGEST;
}

function checkSingular(name: string): Problem | undefined {
  const parts = words(name);
  const last = parts.at(-1) ?? "";
  const message = `"${name}" is not a singular that has a plural of its own.`;
  const code = "resource.plural";
  if (isPlural(last)) {
    const one = spelling([...parts.slice(0, -1), singular(last)]).pascal;
    const hint = `Write ${one}, or say what many of them are called: --plural ${parts.join("-")}-list.`;
    return { code, message, hint };
  }
  if (plural(last) !== last) return undefined;
  const hint = `Say what many of them are called, as in --plural ${parts.join("-")}-items.`;
  return { code, message, hint };
}

function checkPair(name: string, pluralName: string): Problem | undefined {
  if (words(name).join("_") !== words(pluralName).join("_")) return undefined;
  return {
    code: "resource.plural",
    message: `"${printable(pluralName)}" is the singular too.`,
    hint: "Give a plural that differs from it.",
  };
}
