/**
 * As much of a terminal as our own output needs: text, colours, and the cursor moves of a prompt and a spinner.
 * Anything else is an error, so that a recording never shows less than there was.
 */

/** @typedef {{ text: string, style: string }} Cell */

const BLANK = { text: " ", style: "" };
const ESC = "\u001b";
const BELL = "\u0007";
const TOKEN = new RegExp(
  `${ESC}\\[([?\\d;]*)([A-Za-z])|${ESC}\\][^${BELL}]*${BELL}|[^${ESC}]`,
  "gsu",
);

/** Class names for the SGR codes that kleur and the prompts use. */
const STYLES = new Map([
  [1, "bold"],
  [2, "dim"],
  [3, "italic"],
  [4, "underline"],
  [30, "black"],
  [31, "red"],
  [32, "green"],
  [33, "yellow"],
  [34, "blue"],
  [35, "magenta"],
  [36, "cyan"],
  [37, "white"],
  [90, "grey"],
]);
/** Code that ends a style -> the styles that it ends. */
const ENDS = new Map([
  [22, ["bold", "dim"]],
  [23, ["italic"]],
  [24, ["underline"]],
  [39, [...STYLES].filter(([code]) => code >= 30).map(([, name]) => name)],
]);

/** @param {string} text */
function splitUnfinished(text) {
  const last = text.lastIndexOf(ESC);
  const tail = last === -1 ? "" : text.slice(last);
  const isWhole = tail === "" || tail.match(TOKEN)?.[0].startsWith(ESC);
  return isWhole ? [text, ""] : [text.slice(0, last), tail];
}

export class Screen {
  /** @type {Cell[][]} */
  #rows = [[]];
  #row = 0;
  #column = 0;
  /** @type {Set<string>} */
  #styles = new Set();
  /** The beginning of a sequence whose end comes with the next piece. */
  #unfinished = "";
  #columns;

  /** @param {number} columns */
  constructor(columns) {
    this.#columns = columns;
  }

  /** @param {string} text */
  write(text) {
    const [whole, rest] = splitUnfinished(this.#unfinished + text);
    this.#unfinished = rest;
    for (const [token, parameters, command] of whole.matchAll(TOKEN)) {
      if (command !== undefined) this.#control(command, parameters ?? "");
      else if (token === "\r") this.#column = 0;
      else if (token === "\n") this.#moveTo(this.#row + 1);
      else if (token === "\b") this.#column = Math.max(0, this.#column - 1);
      else if (token !== BELL && !token.startsWith(ESC)) this.#put(token);
    }
  }

  /** The lines so far, without what is blank at their ends. */
  lines() {
    return this.#rows.map((cells) => {
      const end = cells.findLastIndex((cell) => cell.text !== " ") + 1;
      return cells.slice(0, end);
    });
  }

  /** The same as plain text. */
  text() {
    return this.lines()
      .map((cells) => cells.map((cell) => cell.text).join(""))
      .join("\n")
      .trimEnd();
  }

  /** @param {string} text */
  #put(text) {
    if (this.#column >= this.#columns) {
      this.#moveTo(this.#row + 1);
      this.#column = 0;
    }
    const cells = this.#rows[this.#row] ?? [];
    while (cells.length < this.#column) cells.push(BLANK);
    cells[this.#column] = { text, style: [...this.#styles].sort().join(" ") };
    this.#column += 1;
  }

  /** @param {number} row */
  #moveTo(row) {
    this.#row = Math.max(0, row);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  /**
   * @param {string} command
   * @param {string} parameters
   */
  #control(command, parameters) {
    const count = Number(parameters === "" ? 1 : parameters);
    if (command === "A") this.#moveTo(this.#row - count);
    else if (command === "B") this.#moveTo(this.#row + count);
    else if (command === "C") this.#column += count;
    else if (command === "D") this.#column = Math.max(0, this.#column - count);
    else if (command === "G") this.#column = count - 1;
    else if (command === "K") this.#eraseLine(parameters === "" ? 0 : count);
    else if (command === "J") this.#eraseBelow(parameters);
    else if (command === "m") this.#style(parameters);
    // Modes such as a hidden cursor do not change what is read.
    else if (!parameters.startsWith("?") && command !== "n") {
      throw new Error(`a recording uses an unknown control: ESC [ ${parameters} ${command}`);
    }
  }

  /** @param {number} which */
  #eraseLine(which) {
    const cells = this.#rows[this.#row] ?? [];
    if (which === 0) cells.length = Math.min(cells.length, this.#column);
    else if (which === 2) cells.length = 0;
    else cells.fill(BLANK, 0, this.#column + 1);
  }

  /** @param {string} parameters */
  #eraseBelow(parameters) {
    if (parameters !== "" && parameters !== "0") throw new Error("a recording clears its screen");
    this.#eraseLine(0);
    this.#rows.length = this.#row + 1;
  }

  /** @param {string} parameters */
  #style(parameters) {
    for (const code of parameters.split(";").map(Number)) {
      const style = STYLES.get(code);
      if (code === 0) this.#styles.clear();
      else if (style !== undefined) {
        if (code >= 30) this.#style("39");
        this.#styles.add(style);
      } else for (const ended of ENDS.get(code) ?? []) this.#styles.delete(ended);
    }
  }
}
