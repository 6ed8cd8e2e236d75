import type { RunRecord } from '../../evidence/run-record.ts'
import { formatDuration, formatQuantity } from '../../kernel/units.ts'
import type { Conclusion } from '../conclusion.ts'
import { counted } from '../counted.ts'
import { lineStateOrder, lineStates, type LineCounts } from '../line-state.ts'
import type { RunView } from '../run-view.ts'
import { icon } from './icon.ts'
import { markup, type Content, type Markup } from './markup.ts'
import { countsOf, type SystemPart } from './system.ts'

/** The head of the page: what the run comes to, and under which circumstances it was found. */
export function summary(
  view: RunView,
  conclusion: Conclusion,
  parts: readonly SystemPart[],
): Markup {
  const { verdict, finding, notes } = conclusion
  const { record } = view
  const state = record.state === 'running' && verdict !== 'refuted' ? 'pending' : verdict
  return markup`<section class="certificate" aria-labelledby="finding">
<p class="subject">${record.systems.map(({ title }) => title).join(' · ')}</p>
<div class="ruling ${state}">${icon(state)}<p class="word">${lineStates[state]}</p>
<h1 id="finding">${finding}.</h1></div>
${tally(view.counts)}
<p class="notes">${notes.join(' ')}</p>
${record.problems.map(problemOf)}
${parts.length > 1 && systemLinks(parts)}
${factsOf(record)}</section>`
}

function problemOf(problem: string): Markup {
  return markup`<p class="note problem"><b>Problem of the run</b> ${problem}</p>`
}

/** How the lines divide, drawn to scale; the chips beside it say the same in words. */
function tally(counts: LineCounts): Markup {
  const shown = lineStateOrder.filter((state) => counts[state] > 0)
  const all = shown.reduce((sum, state) => sum + counts[state], 0)
  let before = 0
  const bars = shown.map((state) => {
    const from = percent(before / all)
    before += counts[state]
    const wide = percent(counts[state] / all)
    return markup`<rect class="${state}" x="${from}" width="${wide}" height="100%"/>`
  })
  const told = shown.map((state) => `${counts[state]} ${lineStates[state]}`).join(', ')
  return markup`<svg class="tally" role="img" aria-label="${told}">${bars}</svg>`
}

function systemLinks(parts: readonly SystemPart[]): Markup {
  const links = parts.map(
    ({ name, title, counts }) =>
      markup`<li><a href="#${name}"><b>${title}</b> ${countsOf(counts)}</a></li>`,
  )
  return markup`<nav class="systems" aria-label="Systems"><ul>${links}</ul></nav>`
}

function factsOf(record: RunRecord): Markup {
  const { fingerprint, services, outcomes, planned } = record
  const changes = fingerprint.dirty && markup` <b class="dirty">with uncommitted changes</b>`
  const facts: readonly (readonly [name: string, value: Content])[] = [
    ['Started', dateOf(record.startedAt)],
    ['Took', formatDuration(record.durationMs)],
    ['Claims judged', `${outcomes.length} of ${planned.length}`],
    ['Commit', markup`<code>${fingerprint.commit.slice(0, 12)}</code>${changes}`],
    ['Seed', markup`<code>${record.seed}</code>`],
    ...services.map(({ name, version, origin }) => [name, `${version}, ${origin}`] as const),
    ['Processor', `${counted(fingerprint.cores, 'core')}, ${fingerprint.cpu}`],
    ['Memory', formatQuantity(fingerprint.memoryBytes, 'bytes')],
    ['Load at the start', fingerprint.loadAverage.toFixed(2)],
    ['Platform', `${fingerprint.platform}, Node.js ${fingerprint.node.replace(/^v/, '')}`],
    ['Machine class', markup`<code>${fingerprint.machineClass}</code>`],
    ['Etalon', record.etalonVersion],
  ]
  return markup`<dl class="circumstances">${facts.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}<div class="command"><dt>Command</dt><dd><code>${record.command}</code></dd></div></dl>`
}

function dateOf(instant: string): Markup {
  const shown = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(new Date(instant))
  return markup`<time datetime="${instant}">${shown} UTC</time>`
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`
}
