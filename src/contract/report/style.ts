/** The look of the page: readable on a screen, whole on paper. It is part of the page's policy by its hash. */
export const STYLE = `
:root { color-scheme: light dark; --good: light-dark(#116329, #4ac26b); --bad: light-dark(#c11c28, #ff7b72);
  --dim: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d); --soft: light-dark(#f6f8fa, #151b23);
  --page: light-dark(#fff, #0d1117); --ink: light-dark(#1f2328, #f0f6fc); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
code, dd, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .8125rem; }
a { color: inherit; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.25rem; margin: 0; display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
small, .dim, figcaption { color: var(--dim); font-size: .8125rem; font-weight: normal; }
.page { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 3rem; max-width: 80rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
nav { position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow: auto; font-size: .875rem; }
nav ol { list-style: none; margin: 0 0 1.5rem; padding: 0; }
nav a { display: flex; justify-content: space-between; gap: .5rem; padding: .2rem .5rem; border-radius: .375rem; text-decoration: none; }
nav a:hover, summary:hover { background: var(--soft); }
nav b, .passed-ink { color: var(--good); } nav b.failed, .failed-ink { color: var(--bad); } nav b.skipped, .skipped-ink { color: var(--dim); }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0 .5rem; display: grid; gap: .25rem; }
legend { padding: 0; color: var(--dim); font-size: .75rem; text-transform: uppercase; letter-spacing: .05em; margin-bottom: .25rem; }
label { display: flex; gap: .5rem; cursor: pointer; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; }
.verdict { font-size: 1.125rem; margin: .75rem 0 1rem; }
figure { margin: 0 0 1rem; } svg { display: block; width: 100%; height: .75rem; border-radius: .375rem; margin-bottom: .375rem; }
rect.passed { fill: var(--good); } rect.failed { fill: var(--bad); } rect.skipped { fill: var(--line); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; margin: 0; font-size: .875rem; }
.facts dt { color: var(--dim); } .facts dd { margin: 0; overflow-wrap: anywhere; }
section { margin-top: 2.5rem; }
section > h2 { padding-bottom: .5rem; border-bottom: 1px solid var(--line); }
.refuted { border: 1px solid var(--bad); border-radius: .5rem; padding: 1rem 1.25rem; } .refuted > h2 { border: 0; padding: 0; color: var(--bad); }
.refuted ul { margin: .5rem 0 0; padding-left: 1.25rem; }
details { border-bottom: 1px solid var(--line); }
details:target { outline: 2px solid var(--good); outline-offset: 2px; }
summary { display: grid; grid-template-columns: 1.25rem 5.5rem minmax(0, 1fr) max-content; gap: .5rem; padding: .5rem; cursor: pointer; align-items: baseline; list-style: none; }
summary::-webkit-details-marker { display: none; }
.chips { display: flex; gap: .375rem; font-size: .75rem; flex-wrap: wrap; justify-content: flex-end; }
.chip { border: 1px solid currentColor; border-radius: 1rem; padding: 0 .5rem; white-space: nowrap; text-decoration: none; }
.chip.passed { color: var(--good); } .chip.failed { color: var(--bad); } .chip.skipped, .chip.source { color: var(--dim); }
.inside { padding: .25rem .5rem 1.25rem 2.25rem; }
.sources { display: flex; gap: .375rem; flex-wrap: wrap; font-size: .75rem; margin: 0 0 .5rem; }
.fix { border-left: 3px solid var(--bad); padding: .25rem .75rem; margin: .5rem 0; background: var(--soft); }
.evidence { margin: .25rem 0 0; padding-left: 1.5rem; } .evidence > li { margin-bottom: .625rem; } .evidence > li::marker { color: var(--dim); font-size: .8125rem; }
.evidence dl { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); margin: .125rem 0 0; padding: .375rem .625rem; background: var(--soft); border-radius: .375rem; }
.evidence dt { color: var(--dim); font-size: .8125rem; } .evidence dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.evidence .against dd:last-of-type { color: var(--bad); }
table { border-collapse: collapse; width: 100%; font-size: .875rem; } td, th { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
td:first-child { width: 12rem; white-space: nowrap; } td .chip { display: inline-block; margin: .0625rem; font-size: .75rem; }
footer { margin-top: 3rem; color: var(--dim); font-size: .8125rem; }
body:has(#show-failed:checked) .claim:not(.failed), body:has(#show-passed:checked) .claim:not(.passed), body:has(#show-skipped:checked) .claim:not(.skipped) { display: none; }
body:has(#unfold:checked) details::details-content { content-visibility: visible; display: block; height: auto; block-size: auto; }
@media (max-width: 55rem) { .page { display: block; padding: 1.5rem 1rem; } nav { position: static; max-height: none; margin-bottom: 2rem; } nav ol { columns: 2; }
  summary { grid-template-columns: 1.25rem 5.5rem minmax(0, 1fr); } .chips { grid-column: 2 / -1; justify-content: start; } .inside { padding-left: .5rem; } }
@media print { @page { margin: 16mm 14mm; } :root { color-scheme: light; } body { font-size: 9.5pt; } .page { display: block; padding: 0; max-width: none; } nav { display: none; }
  section > h2, h3, summary { break-after: avoid; } .evidence > li, tr { break-inside: avoid; } a { text-decoration: none; }
  rect, .chip, .evidence dl, .fix { print-color-adjust: exact; } }
`;
