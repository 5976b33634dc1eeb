import { createHash } from "node:crypto";

import { catalogue } from "../catalogue/index.js";
import { claimsOf, MARKS, type Outcomes, sectionsHtml } from "./claims.js";
import { escaped, type Facts } from "./facts.js";
import { requirementsHtml } from "./requirements.js";
import { STYLE } from "./style.js";

const KINDS = ["passed", "failed", "skipped"] as const;

/** The result as one page that needs nothing else: no script, no file, no network, and a policy that allows none. */
export function htmlOf(facts: Facts): string {
  const all = claimsOf(facts);
  const hash = createHash("sha256").update(STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="generator" content="${escaped(`${facts.generator.name} ${facts.generator.version}`)}">`,
    '<meta name="referrer" content="no-referrer">',
    `<title>Security contract: ${escaped(facts.subject)}</title>\n<style>${STYLE}</style>\n</head>`,
    `<body>\n<div class="page">\n${navigation(all)}\n<main>`,
    header(facts, all),
    refuted(all),
    sectionsHtml(all),
    requirementsHtml(all),
    footer(facts),
    "</main>\n</div>\n</body>\n</html>\n",
  ].join("\n");
}

function counted(all: readonly Outcomes[], kind: Outcomes["outcome"]): number {
  return all.filter(({ outcome }) => outcome === kind).length;
}

/** Without a script: the style looks at what is chosen here. */
function navigation(all: readonly Outcomes[]): string {
  const choice = (kind: string, text: string): string =>
    `<label><input type="radio" name="show" id="show-${kind}"${kind === "all" ? " checked" : ""}> ${text}</label>`;
  const choices = KINDS.map((kind) => choice(kind, `${kind} (${counted(all, kind)})`));
  const links = catalogue.flatMap(({ name, title }) => {
    const own = all.filter(({ section }) => section === name);
    if (own.length === 0) return [];
    const kind = (["failed", "passed"] as const).find((one) => counted(own, one) > 0) ?? "skipped";
    const note = `<b class="${kind}">${MARKS[kind]} ${counted(own, kind)}</b>`;
    return [`<li><a href="#${name}">${escaped(title)} ${note}</a></li>`];
  });
  return [
    '<nav aria-label="Contents">',
    `<fieldset><legend>Show</legend>${choice("all", `all (${all.length})`)}${choices.join("")}</fieldset>`,
    '<fieldset><legend>Evidence</legend><label><input type="checkbox" id="unfold"> unfold all</label></fieldset>',
    `<ol>${links.join("")}<li><a href="#requirements">By requirement</a></li></ol></nav>`,
  ].join("\n");
}

function header(facts: Facts, all: readonly Outcomes[]): string {
  const profiles = [...new Set(facts.verdicts.map(({ profile }) => profile))];
  const { name, version } = facts.generator;
  const row = (term: string, text: string): string => `<dt>${term}</dt><dd>${escaped(text)}</dd>`;
  const left = facts.left.map(({ profile, why }) => row("not run", `${profile}: ${why}`));
  return [
    `<header><h1>Security contract</h1>${verdict(all)}${bar(all)}`,
    `<dl class="facts">${row("attacked", facts.subject)}${row("profiles", profiles.join(", "))}`,
    ...left,
    row(
      "when",
      `${facts.startedAt.slice(0, 16).replace("T", " ")} UTC, ${facts.seconds.toFixed(0)} s`,
    ),
    row("by", `${name} ${version}`),
    "</dl></header>",
  ].join("");
}

function verdict(all: readonly Outcomes[]): string {
  const passed = counted(all, "passed");
  const failed = counted(all, "failed");
  const skipped = counted(all, "skipped");
  const words =
    failed === 0
      ? `<b class="passed-ink">No claim was refuted.</b> ${passed} held`
      : `<b class="failed-ink">${failed} of ${all.length} claims were refuted.</b> ${passed} held`;
  const rest = skipped === 0 ? "" : `, ${skipped} could not be attacked here and say why`;
  return `<p class="verdict">${words}${rest}.</p>`;
}

/** Drawn with attributes: styles of single elements are not allowed by the page's own policy. */
function bar(all: readonly Outcomes[]): string {
  let at = 0;
  const rects = KINDS.map((kind) => {
    const width = all.length === 0 ? 0 : (100 * counted(all, kind)) / all.length;
    const rect = `<rect class="${kind}" x="${at.toFixed(2)}" width="${width.toFixed(2)}" height="4"/>`;
    at += width;
    return rect;
  });
  const words = KINDS.map((kind) => `${counted(all, kind)} ${kind}`).join(", ");
  const svg = `<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${rects.join("")}</svg>`;
  return `<figure>${svg}<figcaption>${words}</figcaption></figure>`;
}

function refuted(all: readonly Outcomes[]): string {
  const failed = all.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return "";
  const items = failed.map(
    ({ claim: { id, title, severity } }) =>
      `<li><a class="id" href="#${id}">${id}</a> ${escaped(title)} <small>${severity}</small></li>`,
  );
  return `<section class="refuted"><h2>Refuted</h2><ul>${items.join("")}</ul></section>`;
}

function footer({ generator: { name, version } }: Facts): string {
  return [
    "<footer><p>Each claim was attacked on a running server; what was sent, what had to come back and what ",
    "came back is folded under it. A claim that was not refuted is not proven: this is no audit.</p>",
    `<p>Made by ${escaped(name)} ${escaped(version)}. This page loads nothing and runs nothing.</p></footer>`,
  ].join("");
}
