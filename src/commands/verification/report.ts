import { resolve } from "node:path";

import { elsewhere } from "../../contract/checks/elsewhere.js";
import { catalogue } from "../../contract/catalogue/index.js";
import { isForOther, type Result } from "../../contract/report/facts.js";
import { htmlOf } from "../../contract/report/html.js";
import { junitOf } from "../../contract/report/junit.js";
import { REPORT_MARKS } from "../../contract/report/marks.js";
import { sarifOf } from "../../contract/report/sarif.js";
import type { Entry } from "../../contract/selection.js";
import { count, type Verdict } from "../../contract/verdict.js";
import { inspectReports, type ReportFile, writeReport } from "../../disk/report.js";
import { UserError } from "../../errors.js";
import type { Palette } from "../../progress.js";
import type { Ui } from "../../ui.js";
import type { Context } from "../context.js";

const KINDS = ["html", "junit", "sarif"] as const;
const WRITERS = { html: htmlOf, junit: junitOf, sarif: sarifOf } as const;

type Kind = (typeof KINDS)[number];

/** Files that the result goes to, besides the terminal. */
export type Destination = Readonly<Record<Kind, string | undefined>>;

/** What can be checked. */
export function list(entries: readonly Entry[], ui: Ui): void {
  const checks = entries.map(({ claim, section, check }) => ({
    ...{ id: claim.id, title: claim.title, section: section.name, severity: claim.severity },
    ...{ sources: claim.sources, needs: check.needs, slow: check.isSlow ?? false },
  }));
  const seen = seenElsewhere(entries);
  ui.json({ ok: true, checks, elsewhere: seen });
  const { bold, dim } = ui.palette;
  const lines = catalogue.flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    if (own.length === 0) return [];
    const shown = own.map(({ claim, check }) => {
      const notes = [...claim.sources, ...(check.isSlow ? ["with --full"] : [])].join(", ");
      return `  ${claim.id.padEnd(10)} ${claim.title}  ${dim(notes)}`;
    });
    return ["", `${bold(section.title)}  ${dim(section.name)}`, ...shown];
  });
  const rest = seen.map(({ id, title, why }) => `  ${id.padEnd(10)} ${title}  ${dim(why)}`);
  const others = rest.length === 0 ? [] : ["", bold("Seen elsewhere"), ...rest];
  ui.result([...lines.slice(1), ...others, "", `${entries.length} checks`].join("\n"));
}

/** Claims of the listed sections that have no check, each with the reason. */
function seenElsewhere(
  entries: readonly Entry[],
): readonly { id: string; title: string; why: string }[] {
  const sections = new Set(entries.map(({ section }) => section));
  return catalogue
    .filter((section) => sections.has(section))
    .flatMap(({ claims }) => claims)
    .flatMap(({ id, title }) => {
      const why = elsewhere.get(id);
      return why === undefined ? [] : [{ id, title, why }];
    });
}

/** The files that were asked for, in the order of their kinds. */
function filesOf(destination: Destination, cwd: string): ReadonlyMap<Kind, ReportFile> {
  const files = KINDS.flatMap((kind): readonly (readonly [Kind, ReportFile])[] => {
    const shown = destination[kind];
    if (shown === undefined) return [];
    const path = resolve(cwd, shown);
    return [[kind, { flag: `--${kind}`, shown, path, mark: REPORT_MARKS[kind] }]];
  });
  return new Map(files);
}

/** Refuse what no report can be written to, before anything else is done. */
export function checkDestination(destination: Destination, cwd: string): Promise<void> {
  return inspectReports([...filesOf(destination, cwd).values()]);
}

/** Write the reports that were asked for; whether all of them are there. */
export async function writeReports(
  run: Result,
  destination: Destination,
  { cwd, ui, generator }: Context,
): Promise<boolean> {
  let isWritten = true;
  for (const [kind, file] of filesOf(destination, cwd)) {
    try {
      await writeReport(file, WRITERS[kind]({ ...run, generator }));
      ui.note(`Written: ${file.shown}`);
    } catch (error) {
      // What was found is still told: to find it again would take minutes.
      if (!(error instanceof UserError)) throw error;
      ui.warn(error.message);
      isWritten = false;
    }
  }
  return isWritten;
}

/** The result on the terminal, or as one object. */
export function tell(run: Result, ui: Ui): void {
  const counts = count(run.verdicts);
  ui.json({
    ...{ ok: counts.failed === 0, subject: run.subject, seconds: run.seconds, counts },
    left: run.left,
    checks: run.verdicts.map((verdict) => withClaim(verdict, run)),
  });
  const { palette } = ui;
  ui.result(
    [
      ...sectionLines(run, palette),
      ...skippedLines(run, palette),
      ...failureLines(run, palette),
      ...(ui.isVerbose ? slowestLines(run, palette) : []),
      "",
      conclusion(run, palette),
    ].join("\n"),
  );
}

function withClaim(verdict: Verdict, { entries }: Result): object {
  const claim = entries.find((entry) => entry.claim.id === verdict.id)?.claim;
  return { ...verdict, title: claim?.title, severity: claim?.severity, sources: claim?.sources };
}

function sectionLines({ entries, verdicts }: Result, { dim, green, red }: Palette): string[] {
  return catalogue.flatMap(({ title, claims }) => {
    const ids = new Set(claims.map(({ id }) => id));
    if (!entries.some(({ claim }) => ids.has(claim.id))) return [];
    const { passed, failed, skipped } = count(verdicts.filter(({ id }) => ids.has(id)));
    const mark = failed > 0 ? red("✖") : passed > 0 ? green("✔") : dim("-");
    const parts = [`${passed} passed`];
    if (failed > 0) parts.push(red(`${failed} failed`));
    if (skipped > 0) parts.push(dim(`${skipped} skipped`));
    return [`${mark} ${title.padEnd(34)} ${parts.join(", ")}`];
  });
}

/** Skipped checks by their reason: the same reason is said once. */
function skippedLines({ verdicts, left }: Result, { dim }: Palette): string[] {
  const skipped = verdicts.filter(({ outcome }) => outcome === "skipped");
  // That a check belongs to the other profile is no news where that profile ran.
  const profiles = new Set(verdicts.map(({ profile }) => profile));
  const news = skipped.filter((verdict) => profiles.size < 2 || !isForOther(verdict));
  const reasons = [...new Set(news.map(({ why }) => why))];
  const lines = reasons.map((reason) => {
    const ids = [...new Set(news.filter(({ why }) => why === reason).map(({ id }) => id))];
    const more = ids.length > 6 ? ` and ${ids.length - 6} more` : "";
    return dim(`  ${reason}: ${ids.slice(0, 6).join(", ")}${more}`);
  });
  const profilesLeft = left.map(({ profile, why }) => dim(`  profile ${profile}: ${why}`));
  const all = [...profilesLeft, ...lines];
  return all.length === 0 ? [] : ["", "Skipped:", ...all];
}

function failureLines({ entries, verdicts }: Result, { bold, dim, red }: Palette): string[] {
  return verdicts
    .filter(({ outcome }) => outcome === "failed")
    .flatMap(({ id, profile, evidence, fix }) => {
      const claim = entries.find((entry) => entry.claim.id === id)?.claim;
      const seen = evidence.at(-1);
      const row = (name: string, text = ""): string[] =>
        text === "" ? [] : [`  ${dim(name.padEnd(9))} ${text.replaceAll("\n", "\n            ")}`];
      return [
        "",
        `${red("✖")} ${bold(id)} ${claim?.title ?? ""} ${dim(`(${profile}, ${claim?.severity ?? ""})`)}`,
        ...row("claim", seen?.claim),
        ...row("request", seen?.request),
        ...row("expected", seen?.expected),
        ...row("observed", seen?.observed),
        ...row("fix", fix),
      ];
    });
}

const SLOWEST = 10;

/** Where the time went, for whoever asks for it. */
function slowestLines({ verdicts }: Result, { dim }: Palette): string[] {
  const all = verdicts.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  const lines = all.map(
    ({ id, profile, seconds }) =>
      `  ${seconds.toFixed(1).padStart(5)} s  ${id.padEnd(10)} ${dim(profile)}`,
  );
  return ["", "Slowest:", ...lines];
}

function conclusion({ verdicts, seconds }: Result, { bold, green, red }: Palette): string {
  const { passed, failed, skipped } = count(verdicts);
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`;
  return failed > 0 ? red(bold(counts)) : green(bold(counts));
}
