/** Turns a recorded run into one animated SVG without scripts, fonts or other outside resources. */
import { Screen } from "./screen.js";

/** @typedef {import("./screen.js").Cell} Cell */
/** @typedef {{ columns: number, events: [number, string][] }} Recording */
/** @typedef {{ row: number, cells: Cell[], from: number, to: number }} Span */

const WIDTH = 8.4;
const HEIGHT = 19;
const MARGIN = 16;
const BAR = 30;
/** Changes that are closer together than this are one picture. */
const FRAME_SECONDS = 0.1;
/** How long the last picture stays before it starts again. */
const REST_SECONDS = 6;

const CSS = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dce2;white-space:pre}
.bold{font-weight:700}.dim{fill-opacity:.65}.italic{font-style:italic}.underline{text-decoration:underline}
.red{fill:#ff7b72}.green{fill:#5fd38d}.yellow{fill:#e3b341}.blue{fill:#79b8ff}.magenta{fill:#d2a8ff}.cyan{fill:#56d4dd}.grey,.black{fill:#8b949e}.white{fill:#fff}
g{opacity:0}.last{opacity:1}`;

/**
 * Every line that was ever shown, with the time for which it was.
 *
 * @param {Recording} recording
 * @returns {{ spans: Span[], seconds: number }}
 */
function spansOf({ columns, events }) {
  const screen = new Screen(columns);
  const seconds = (events.at(-1)?.[0] ?? 0) + REST_SECONDS;
  /** @type {Span[]} */
  const spans = [];
  /** @type {Map<number, Span>} */
  const open = new Map();
  events.forEach(([time, text], index) => {
    screen.write(text);
    const next = events[index + 1]?.[0] ?? Infinity;
    const frame = Math.floor(time / FRAME_SECONDS);
    if (Math.floor(next / FRAME_SECONDS) === frame) return;
    const at = frame * FRAME_SECONDS;
    const lines = screen.lines();
    for (let row = 0; row < Math.max(lines.length, open.size); row += 1) {
      const cells = lines[row] ?? [];
      const shown = open.get(row);
      if (shown && JSON.stringify(shown.cells) === JSON.stringify(cells)) continue;
      if (shown) shown.to = at;
      const span = { row, cells, from: at, to: seconds };
      open.set(row, span);
      spans.push(span);
    }
  });
  return { spans: spans.filter(({ cells, from, to }) => cells.length > 0 && to > from), seconds };
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * One line as runs of one style, each at its own column, so that any font keeps the grid.
 *
 * @param {Span} span
 */
function lineOf({ row, cells }) {
  /** @type {{ column: number, style: string, text: string }[]} */
  const runs = [];
  cells.forEach(({ text, style }, column) => {
    const last = runs.at(-1);
    if (last?.style === style) last.text += text;
    else runs.push({ column, style, text });
  });
  const y = BAR + MARGIN + row * HEIGHT;
  const spans = runs
    .filter(({ text }) => text.trim() !== "")
    .map(({ column, style, text }) => {
      const x = round(MARGIN + column * WIDTH);
      const length = round([...text].length * WIDTH);
      const type = style === "" ? "" : ` class="${style}"`;
      return `<tspan x="${x}" textLength="${length}"${type}>${escape(text)}</tspan>`;
    });
  return `<text y="${round(y)}" xml:space="preserve">${spans.join("")}</text>`;
}

/** @param {number} value */
function round(value) {
  return Number(value.toFixed(2));
}

/**
 * @param {Recording} recording
 * @param {string} title
 */
export function svgOf(recording, title) {
  const { spans, seconds } = spansOf(recording);
  /** @type {Map<string, Span[]>} */
  const groups = new Map();
  for (const span of spans) {
    const key = `${span.from.toFixed(1)} ${span.to.toFixed(1)}`;
    groups.set(key, [...(groups.get(key) ?? []), span]);
  }
  const rules = [];
  const drawn = [];
  for (const [index, group] of [...groups.values()].entries()) {
    const { from, to } = group[0] ?? { from: 0, to: seconds };
    const [start, end] = [from, to].map((time) => round((100 * time) / seconds));
    const stays = to === seconds;
    const tail = stays ? "" : `,${end}%`;
    rules.push(
      `@keyframes k${index}{0%${tail}{opacity:0}${start}%${stays ? ",to" : ""}{opacity:1}}`,
    );
    const style = `animation:k${index} ${round(seconds)}s step-end infinite`;
    drawn.push(
      `<g${stays ? ' class="last"' : ""} style="${style}">${group.map(lineOf).join("")}</g>`,
    );
  }
  const rows = Math.max(...spans.map(({ row }) => row)) + 1;
  const size = {
    width: round(recording.columns * WIDTH + 2 * MARGIN),
    height: BAR + MARGIN + rows * HEIGHT,
  };
  return page({ ...size, title, rules, drawn });
}

/** @param {{ width: number, height: number, title: string, rules: string[], drawn: string[] }} parts */
function page({ width, height, title, rules, drawn }) {
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (fill, index) => `<circle cx="${20 + index * 18}" cy="18" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${CSS}\n${rules.join("\n")}\n@media (prefers-reduced-motion:reduce){g{animation:none!important}}</style>`,
    `<rect width="100%" height="100%" rx="8" fill="#15191f"/>`,
    ...dots,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}
