import type { Plan } from "./plan.js";

/** The plan of a new project as a unified diff against nothing; what is secret stays out of it. */
export function diffOfNew({ tree, secret }: Plan): string {
  const parts = [...tree].map(([path, { text }]) =>
    secret.has(path)
      ? `--- /dev/null\n+++ b/${path}\n(holds generated secrets: not shown)\n`
      : unifiedDiff(path, undefined, text),
  );
  return parts.join("");
}

type Mark = " " | "-" | "+";
interface Line {
  readonly mark: Mark;
  readonly text: string;
}

const CONTEXT = 3;

/** One file's change as a unified diff; nothing where nothing changes. */
export function unifiedDiff(
  path: string,
  before: string | undefined,
  after: string | undefined,
): string {
  if (before === after) return "";
  const from = before === undefined ? "/dev/null" : `a/${path}`;
  const to = after === undefined ? "/dev/null" : `b/${path}`;
  const lines = compare(linesOf(before), linesOf(after));
  return `--- ${from}\n+++ ${to}\n${hunks(lines).join("")}`;
}

function linesOf(text = ""): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Common beginnings and ends are cut off first: what is left to compare is short. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let end = 0;
  const isSame = (): boolean => before.at(-1 - end) === after.at(-1 - end);
  while (end < Math.min(before.length, after.length) - start && isSame()) end += 1;
  const same = (text: string): Line => ({ mark: " ", text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** The longest common subsequence, and what is around it. */
function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lengths = table(before, after);
  const lines: Line[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const [one, other] = [before[left], after[right]];
    if (one !== undefined && one === other) {
      lines.push({ mark: " ", text: one });
      left += 1;
      right += 1;
    } else if (one !== undefined && at(lengths, left + 1, right) >= at(lengths, left, right + 1)) {
      lines.push({ mark: "-", text: one });
      left += 1;
    } else {
      lines.push({ mark: "+", text: other ?? "" });
      right += 1;
    }
  }
  return lines;
}

type Table = readonly (readonly number[])[];

function at(lengths: Table, left: number, right: number): number {
  return lengths[left]?.[right] ?? -1;
}

/** How many lines the rests of both sides have in common, from each pair of places on. */
function table(before: readonly string[], after: readonly string[]): Table {
  const rows: number[][] = [Array.from({ length: after.length + 1 }, () => 0)];
  for (const one of before.toReversed()) {
    const below = rows[0] ?? [];
    const row: number[] = [0];
    for (const [index, other] of after.toReversed().entries()) {
      const place = after.length - 1 - index;
      const diagonal = below[place + 1] ?? 0;
      row.unshift(one === other ? diagonal + 1 : Math.max(row[0] ?? 0, below[place] ?? 0));
    }
    rows.unshift(row);
  }
  return rows;
}

/** Changed lines with a few around them; what lies far apart stands in hunks of its own. */
function hunks(lines: readonly Line[]): readonly string[] {
  const changed = lines.flatMap(({ mark }, index) => (mark === " " ? [] : [index]));
  const groups: [number, number][] = [];
  for (const index of changed) {
    const last = groups.at(-1);
    if (last !== undefined && index - last[1] <= 2 * CONTEXT) last[1] = index;
    else groups.push([index, index]);
  }
  return groups.map(([first, last]) => hunk(lines, first - CONTEXT, last + CONTEXT + 1));
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const start = Math.max(from, 0);
  const shown = lines.slice(start, to);
  const range = (mark: Mark): string => {
    const earlier = lines.slice(0, start).filter((line) => line.mark !== mark).length;
    const count = shown.filter((line) => line.mark !== mark).length;
    return `${count === 0 ? earlier : earlier + 1},${count}`;
  };
  const body = shown.map(({ mark, text }) => `${mark}${text}\n`).join("");
  return `@@ -${range("+")} +${range("-")} @@\n${body}`;
}
