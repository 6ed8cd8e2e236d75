import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RunRecord } from '../evidence/run-record.ts'
import { concludeRun } from './conclusion.ts'
import { lineStates } from './line-state.ts'
import { viewOf, type RunView } from './run-view.ts'
import { anchorsOf, type Anchors } from './html/anchor.ts'
import { contents, type ContentsEntry } from './html/contents.ts'
import { defectSection } from './html/defect.ts'
import { filterBar } from './html/filter.ts'
import { iconSheet } from './html/icon.ts'
import { legend } from './html/legend.ts'
import { markup, trusted, type Content, type Markup } from './html/markup.ts'
import { summary } from './html/summary.ts'
import { systemPart } from './html/system.ts'

const sheets = [
  'base',
  'summary',
  'filter',
  'contents',
  'document',
  'line',
  'evidence',
  'appendix',
  'narrow',
  'print',
]
const style = sheets
  .map((sheet) => read(new URL(`./html/style/${sheet}.css`, import.meta.url)))
  .join('\n')
const script = read(new URL('./html/page.js', import.meta.url))

// Nothing may be fetched, and nothing may run but these two, even if a text got in unescaped.
const policy = [
  "default-src 'none'",
  `style-src '${integrityOf(style)}'`,
  `script-src '${integrityOf(script)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Writes `report.html`: one file that asks nothing of any other. */
export function renderHtml(record: RunRecord, directory: string): string {
  const view = viewOf(record)
  const conclusion = concludeRun(view)
  const anchors = anchorsOf(record)
  const parts = view.systems.map((system) => systemPart(system, directory, anchors))
  const subject = record.systems.map(({ title }) => title).join(', ')
  return markup`<!doctype html>
<html lang="en">
${headOf(`${lineStates[conclusion.verdict]}: ${subject}`)}
<body>
<a class="skip" href="#requirements">Skip to the requirements</a>
${iconSheet()}
<header class="masthead"><p><b>Etalon</b> verification report</p><p class="run">${record.id}</p>
<button type="button" class="plain theme" data-theme-toggle hidden>Dark</button></header>
${summary(view, conclusion, parts)}
${filterBar(view.counts)}
<div class="layout">${contents(parts, entriesOf(view))}
<main id="requirements"><p class="nothing" hidden>No requirement matches.
<button type="button" class="plain" data-clear>Clear the filter</button></p>
${parts.map(({ body }) => body)}
<div class="appendices">${unclaimedSection(view, anchors)}
${defectSection(view, anchors)}
${legend()}</div></main></div>
<script type="module">${trusted(script)}</script>
</body>
</html>
`.text
}

function headOf(title: string): Markup {
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} · Etalon</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>`
}

function entriesOf({ counts }: RunView): ContentsEntry[] {
  return [
    ...(counts.unclaimed > 0 ? [{ anchor: 'unclaimed', text: 'Without a claim' }] : []),
    { anchor: 'defects', text: 'Planted defects' },
    { anchor: 'legend', text: 'How to read this report' },
  ]
}

function unclaimedSection({ systems }: RunView, anchors: Anchors): Content {
  const items = systems.flatMap(({ system, requirements }) =>
    requirements
      .filter(({ state }) => state === 'unclaimed')
      .map(({ requirement: { id, text, tier } }) => {
        const anchor = anchors.line(system.name, id)
        const named = markup`<a href="#${anchor}">${id}</a> <span class="tier">${tier}</span>`
        return markup`<li>${named} ${text}</li>`
      }),
  )
  if (items.length === 0) return undefined
  return markup`<section class="appendix"><h2 id="unclaimed">Requirements without a claim</h2>
<p>Nothing tries to refute these, so this report says nothing of them.</p>
<ul>${items}</ul></section>`
}

function read(file: URL): string {
  return readFileSync(file, 'utf8')
}

function integrityOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
