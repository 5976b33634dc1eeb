import type { Problem } from "../errors.js";
import { commandAsFolder, isCommand } from "./commands.js";
import { printable } from "./names.js";

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
/** RFC 6761 and 7686: mail never arrives there, and the project refuses them as well. */
const NOWHERE = /(?:^|\.)(?:arpa|invalid|local|localhost|onion|test)$/i;

/** What is wrong with an e-mail address, if anything. */
export function checkEmail(email: string): Problem | undefined {
  const at = email.lastIndexOf("@");
  const [local, domain] = [email.slice(0, Math.max(at, 0)), email.slice(at + 1)];
  const fits = local.length <= 64 && email.length <= 254;
  if (fits && LOCAL_PART.test(local) && DOMAIN.test(domain) && !NOWHERE.test(domain))
    return undefined;
  return {
    code: "email.invalid",
    message: `"${printable(email)}" is not an e-mail address that can be used.`,
    hint: "Give one such as admin@example.com (not under .test, .local or .localhost).",
  };
}

/** RFC 3986: everything else is percent-encoded, quotes, spaces and braces among them. */
const URL_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const POSTGRES_URL = /^postgres(?:ql)?:\/\/(?:[^/?#@]*@)?[^/?#@]+\/[^/?#]+(?:\?[^#]*)?$/;

/** What is wrong with the URL of a PostgreSQL database, if anything. The URL may hold a password: it is not repeated. */
export function checkPostgresUrl(url: string): Problem | undefined {
  const isComplete = URL_CHARACTERS.test(url) && POSTGRES_URL.test(url) && URL.canParse(url);
  if (isComplete && new URL(url).hostname !== "") return undefined;
  return {
    code: "database-url.invalid",
    message: "The database URL is not that of a PostgreSQL database.",
    hint: "Write postgresql://user:password@host:5432/name; percent-encode what is not a letter or digit in user and password.",
  };
}

/** Names that Windows keeps for devices, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

/** What is wrong with a folder to write to, as far as its spelling goes. */
export function checkDirectory(directory: string): Problem | undefined {
  if (isCommand(directory)) return commandAsFolder(directory);
  const why = whyNoFolder(directory);
  if (why === undefined) return undefined;
  return {
    code: "directory.invalid",
    message: `"${printable(directory)}" cannot be a folder: ${why}.`,
    hint: "Give a path such as my-api or ../apps/my-api.",
  };
}

function whyNoFolder(directory: string): string | undefined {
  if (directory.trim() === "") return "it is empty";
  if (/\p{Cc}/u.test(directory)) return "it holds a control character";
  if (/^~(?:[/\\]|$)/.test(directory)) return "no shell has turned ~ into your home folder";
  if (directory.startsWith("-")) return "it reads like an option; put ./ before it";
  const last = directory.split(/[/\\]/).filter(Boolean).at(-1) ?? "";
  if (new TextEncoder().encode(last).length > 255) return "its name is too long";
  return DEVICE.test(last) ? "Windows keeps this name for a device" : undefined;
}
