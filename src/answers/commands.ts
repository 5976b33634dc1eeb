import type { Problem } from "../errors.js";

const BUILT = ["create", "generate", "g", "destroy", "d", "verify"];
const TO_COME = ["doctor", "update", "completion", "help"];
const ALL = [...BUILT, ...TO_COME];

/** Commands, built or to come: never taken for a folder, so that no slip makes a project. */
export function isCommand(word: string): boolean {
  return ALL.includes(word);
}

/** What is wrong with a command's name in the place of a folder. */
export function commandAsFolder(word: string): Problem {
  const isThere = BUILT.includes(word);
  return {
    code: "command.unknown",
    message: isThere
      ? `"${word}" is the name of a command.`
      : `"${word}" is a command's name, and this version has no such command.`,
    hint: `For help: create-secure-api --help. For a project in a folder of this name: ./${word}`,
  };
}

/**
 * What is wrong with the first word of a command line, if anything: where `create` was not typed, a
 * command that is nearly spelt must not make a project.
 */
export function checkFirstWord([word = "", next = ""]: readonly string[]): Problem | undefined {
  if (TO_COME.includes(word)) {
    const unknown = commandAsFolder(word);
    const isAsked = word === "help" && BUILT.includes(next);
    return isAsked ? { ...unknown, hint: `For help: create-secure-api ${next} --help` } : unknown;
  }
  if (!/^[A-Za-z]+$/.test(word) || BUILT.includes(word)) return undefined;
  const meant = ALL.find((command) => command.length > 1 && isNear(word.toLowerCase(), command));
  if (meant === undefined) return undefined;
  const missing = TO_COME.includes(meant) ? ", which this version does not have" : "";
  const hint = `For a project of this name: create-secure-api create ${word}`;
  return {
    code: "command.mistyped",
    message: `"${word}" reads like the command ${meant}${missing}.`,
    hint: missing === "" ? `For that: create-secure-api ${meant} --help. ${hint}` : hint,
  };
}

/** The same but for one letter: another one, one more, one less, or two that changed places. */
function isNear(word: string, other: string): boolean {
  if (word === other) return true;
  const shorter = Math.min(word.length, other.length);
  const places = Array.from({ length: shorter }, (_, place) => place);
  const from = places.find((place) => word.charAt(place) !== other.charAt(place)) ?? shorter;
  const [rest, meant] = [word.slice(from), other.slice(from)];
  const swapped = `${meant.charAt(1)}${meant.charAt(0)}${meant.slice(2)}`;
  return (
    rest.slice(1) === meant.slice(1) ||
    rest.slice(1) === meant ||
    rest === meant.slice(1) ||
    rest === swapped
  );
}
