/*
 * The templates hold one lock, that of a project with everything. What a smaller project needs is a
 * part of it, since whatever satisfies all requirements satisfies some of them.
 */

interface Block {
  readonly name: string;
  /** The pinned version and its hashes. */
  readonly pin: string;
  /** Packages that need it, and `-r file` or `-c file`. */
  readonly via: readonly string[];
}

interface Lock {
  readonly head: string;
  readonly blocks: readonly Block[];
}

const NAME = /^[A-Za-z0-9._-]+/u;

/** The names of the packages that lines of a `.in` file ask for, as a lock spells them. */
export function requiredNames(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => NAME.exec(line)?.[0] ?? []).map(normalized);
}

/** PEP 503. */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/gu, "-");
}

/** A lock without what nothing needs any more once some requirements are left out. */
export function pruneLock(text: string, dropped: readonly string[], constraints?: string): string {
  const { head, blocks } = parseLock(text);
  const kept = closure(blocks, new Set(dropped));
  const constrained = new Set(
    constraints === undefined ? [] : parseLock(constraints).blocks.map(({ name }) => name),
  );
  const isReason = (block: Block, reason: string): boolean => {
    if (reason.startsWith("-r ")) return !dropped.includes(block.name);
    return reason.startsWith("-c ") ? constrained.has(block.name) : kept.has(reason);
  };
  const written = blocks
    .filter(({ name }) => kept.has(name))
    .map((block) => ({ ...block, via: block.via.filter((reason) => isReason(block, reason)) }));
  return head + written.map(blockText).join("");
}

function parseLock(text: string): Lock {
  const start = text.search(/^[A-Za-z0-9]/mu);
  const parts = text.slice(start).split(/^(?=[A-Za-z0-9])/mu);
  return { head: text.slice(0, start), blocks: parts.map(parseBlock) };
}

function parseBlock(part: string): Block {
  const comment = part.search(/^ {4}# via/mu);
  if (comment === -1) throw new Error(`a locked package does not say what needs it: ${part}`);
  const reasons = part
    .slice(comment)
    .split("\n")
    .map((line) => line.replace(/^ {4}#(?: via)? */u, "").trim());
  return {
    name: NAME.exec(part)?.[0] ?? "",
    pin: part.slice(0, comment),
    via: reasons.filter((reason) => reason !== ""),
  };
}

function closure(blocks: readonly Block[], dropped: ReadonlySet<string>): ReadonlySet<string> {
  const kept = new Set<string>();
  const isNeeded = ({ name, via }: Block): boolean =>
    via.some((reason) => (reason.startsWith("-r ") ? !dropped.has(name) : kept.has(reason)));
  for (let before = -1; kept.size > before;) {
    before = kept.size;
    for (const block of blocks) if (isNeeded(block)) kept.add(block.name);
  }
  return kept;
}

function blockText({ pin, via }: Block): string {
  const [only = "", ...others] = via;
  if (others.length === 0) return `${pin}    # via ${only}\n`;
  return `${pin}    # via\n${via.map((reason) => `    #   ${reason}\n`).join("")}`;
}
