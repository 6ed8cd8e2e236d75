import { lineStates } from '../line-state.ts'
import type { RequirementView } from '../requirement-view.ts'
import { evidencePanel } from './evidence.ts'
import { badge, icon } from './icon.ts'
import { intervalGraphic } from './interval.ts'
import { markup, type Content, type Markup } from './markup.ts'
import { cell } from './table.ts'

/** What the author wrote in a line, rendered. */
export interface AuthoredLine {
  readonly text: Content
  readonly target: Content
  readonly reported: Content
  /** Columns that Etalon gives no meaning to, by their heading. */
  readonly further: readonly { readonly heading: string; readonly cell: Content }[]
}

/** The columns of every table of requirements. */
export const lineColumns = {
  verdict: 'verdict',
  id: 'id',
  text: 'requirement',
  target: 'target',
  reported: 'reported',
  measured: 'measured',
}

/** A requirement with what was found beside it, and its evidence in a row that opens. */
export function lineRows(
  view: RequirementView,
  authored: AuthoredLine,
  { anchor, directory }: { readonly anchor: string; readonly directory: string },
): Markup {
  const { requirement, state, planned } = view
  const { id, tier, kind } = requirement
  const open = planned.length > 0
  return markup`<tr role="row" class="line ${state}" id="${anchor}" data-state="${state}"
 data-tier="${tier}">
${cell('verdict', open ? toggle(view, anchor) : badge(state))}
<th role="rowheader" scope="row" class="id"><a href="#${anchor}">${id}</a>
<span class="tier">${[tier, kind].filter(Boolean).join(', ')}</span></th>
${cell('text', [authored.text, furtherOf(authored), noteOf(view)])}
${cell('target', authored.target ?? fromClaim(view), 'target')}
${cell('reported', authored.reported, 'reported')}
${cell('measured', measuredOf(view), 'measured')}</tr>
${open && evidenceRow(view, anchor, directory)}`
}

function evidenceRow(view: RequirementView, anchor: string, directory: string): Markup {
  return markup`<tr role="row" class="evidence ${view.state}" id="${anchor}.evidence" hidden>
<td role="cell" colspan="6">${evidencePanel(view, directory)}</td></tr>`
}

function toggle({ state, requirement }: RequirementView, anchor: string): Markup {
  const word = lineStates[state]
  return markup`<button type="button" class="badge ${state}" aria-expanded="false"
 aria-controls="${anchor}.evidence" aria-label="${word}: evidence of ${requirement.id}">
${icon(state)}${word}<svg class="chevron" viewBox="0 0 10 10" aria-hidden="true"><path
 d="m2 3.5 3 3 3-3"/></svg></button>`
}

/** Where the author set no target, the claim's own is shown. */
function fromClaim(view: RequirementView): Content {
  const { target } = view
  return target !== '' && !isPlain(view) && markup`<span class="from-claim">${target}</span>`
}

function furtherOf({ further }: AuthoredLine): Content {
  if (further.length === 0) return undefined
  const items = further.map(({ heading, cell }) => markup`<span>${heading}: ${cell}</span> `)
  return markup`<p class="further">${items}</p>`
}

function noteOf({ state, reason, doubts }: RequirementView): Content {
  if (state === 'unclaimed') {
    return markup`<p class="note">No claim covers this requirement: nothing is known of it.</p>`
  }
  const told = doubts.filter(({ message }) => !reason.includes(message))
  return [
    reason !== '' && markup`<p class="note ${state}">${reason}</p>`,
    told.map(({ message }) => markup`<p class="note doubt"><b>Doubt</b> ${message}</p>`),
  ]
}

/** Whether there is nothing to compare: the claim says that something is so, and it is. */
function isPlain({ headline, state }: RequirementView): boolean {
  return state === 'upheld' && (headline === undefined || headline.figure === 'true')
}

function measuredOf(view: RequirementView): Content {
  const { figure, interval, headline, requirement } = view
  if (isPlain(view)) return markup`<span class="plain-figure">${figure}</span>`
  return [
    figure !== '' && markup`<strong>${figure}</strong>`,
    interval !== '' && markup` <span class="bounds">${interval}</span>`,
    headline && intervalGraphic(headline, requirement.reported),
  ]
}
