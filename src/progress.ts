/** One side of the terminal, as far as this program cares. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

type Paint = (text: string) => string;

/** The few looks that the program has. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

/** One step while it runs. */
export interface Progress {
  /** Say what the step is doing now. */
  update: (title: string) => void;
  done: (note?: string) => void;
  skip: (reason: string) => void;
  fail: () => void;
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MILLISECONDS = 80;
const CLEAR_LINE = "\r\u001B[2K";

/** Seconds as a person reads them. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A step that nobody wants to hear of. */
export const silentProgress: Progress = {
  update: () => undefined,
  done: () => undefined,
  skip: () => undefined,
  fail: () => undefined,
};

/** A step as lines of a log. */
export function plainProgress(
  title: string,
  say: (text: string) => void,
  paint: Palette,
): Progress {
  const started = performance.now();
  say(`${title} ...`);
  return {
    update: (next) => {
      if (next !== title) say(`  ${next} ...`);
    },
    done: (note = "") => {
      const took = seconds(performance.now() - started);
      say(`${paint.green("ok")} ${title} (${took})${note && ` ${note}`}`);
    },
    skip: (reason) => {
      say(`${paint.dim("skipped")} ${title}: ${reason}`);
    },
    fail: () => {
      say(`${paint.red("failed")} ${title} (${seconds(performance.now() - started)})`);
    },
  };
}

/** A step as one line that moves. */
export function spinner(title: string, stderr: Output, paint: Palette): Progress {
  const started = performance.now();
  let now = title;
  let frame = 0;
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    const text = `${now}  ${seconds(performance.now() - started)}`;
    const columns = stderr.columns ?? 0;
    // A pseudo-terminal that was given no size says 0.
    const room = (columns > 0 ? columns : 80) - 3;
    stderr.write(`${CLEAR_LINE}${paint.cyan(FRAMES[frame] ?? "")} ${text.slice(0, room)}`);
  };
  draw();
  const timer = setInterval(draw, FRAME_MILLISECONDS);
  const end = (mark: string, text: string): void => {
    clearInterval(timer);
    stderr.write(`${CLEAR_LINE}${mark} ${text}\n`);
  };
  const took = (): string => paint.dim(seconds(performance.now() - started));
  return {
    update: (next) => (now = next),
    done: (note = "") => {
      end(paint.green("✔"), `${title}  ${took()}${note && `  ${note}`}`);
    },
    skip: (reason) => {
      end(paint.dim("-"), `${title}  ${paint.dim(reason)}`);
    },
    fail: () => {
      end(paint.red("✖"), `${title}  ${took()}`);
    },
  };
}
