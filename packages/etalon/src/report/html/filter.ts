import { lineStateOrder, lineStates, type LineCounts } from '../line-state.ts'
import { icon } from './icon.ts'
import { markup, type Content, type Markup } from './markup.ts'

/** The bar that narrows the page down; without its script it stays hidden. */
export function filterBar(counts: LineCounts): Markup {
  const states = lineStateOrder
    .filter((state) => counts[state] > 0)
    .map((state) =>
      chip(`chip ${state}`, markup` data-filter-state="${state}"`, [
        icon(state),
        markup`<b>${counts[state]}</b> ${lineStates[state]}`,
      ]),
    )
  const tiers = (['must', 'should'] as const).map((tier) =>
    chip('chip', markup` data-filter-tier="${tier}"`, tier),
  )
  return markup`<form class="filter" role="search" aria-label="Requirements" hidden>
<label class="search"><span class="unseen">Search id, text and figure</span>
<input type="search" placeholder="Search id, text, figure" autocomplete="off" spellcheck="false">
<kbd aria-hidden="true">/</kbd></label>
<div class="chips" role="group" aria-label="Verdict">${states}</div>
<div class="chips" role="group" aria-label="Tier">${tiers}</div>
<p class="shown"><output></output>
<button type="button" class="plain" data-clear hidden>Clear</button>
<button type="button" class="plain" data-expand>Open evidence</button></p></form>`
}

function chip(name: string, filter: Markup, content: Content): Markup {
  return markup`<button type="button" class="${name}"${filter}
 aria-pressed="false">${content}</button>`
}
