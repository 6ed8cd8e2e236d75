import type { Conviction, DefectRecord } from '../../evidence/run-record.ts'
import { convictionsOf, type RunView } from '../run-view.ts'
import type { Anchors } from './anchor.ts'
import { markup, type Content, type Markup } from './markup.ts'
import { cell, table } from './table.ts'

const columns = {
  outcome: 'outcome',
  claim: 'claim',
  title: 'defect',
  plant: 'planted as',
}

/** The defects that were planted, and whether the claims they name found them. */
export function defectSection(view: RunView, anchors: Anchors): Markup {
  const { record, undefended, escaped } = view
  if (record.defects.length === 0) return withoutDefects
  const rows = convictionsOf(record).map(({ defect, conviction }) => {
    const line = lineOf(view, defect.system, conviction.claim, anchors)
    return defectRow(defect, conviction, line)
  })
  return markup`<section class="appendix"><h2 id="defects">Planted defects</h2>
<p>A claim that cannot fail proves nothing. Each defect was planted from outside and must turn its
claims refuted: ${rows.length - escaped.length} of ${rows.length} were.</p>
${table('listing', columns, rows)}${undefendedOf(undefended)}</section>`
}

const withoutDefects = markup`<section class="appendix"><h2 id="defects">Planted defects</h2>
<p>This report tells of none. <code>etalon verify --defects</code> plants each one and shows that
its claims can fail.</p></section>`

function defectRow(defect: DefectRecord, conviction: Conviction, line: string | undefined): Markup {
  const { claim, verdict, reason } = conviction
  const convicted = verdict === 'refuted'
  const outcome = convicted ? 'convicted' : markup`<b>escaped</b>`
  const told = ['the claim was', verdict, reason && `(${reason})`].filter(Boolean).join(' ')
  const why = !convicted && markup`<span class="why">${told}</span>`
  return markup`<tr role="row" class="${convicted ? 'convicted' : 'escaped'}">
${cell('outcome', outcome)}
${cell('claim', line === undefined ? claim : markup`<a href="#${line}">${claim}</a>`)}
${cell('title', [defect.title, why])}
${cell('plant', markup`<code>${defect.plant}</code>`)}</tr>`
}

function undefendedOf(undefended: RunView['undefended']): Content {
  if (undefended.length === 0) return undefined
  const items = undefended.map(({ claim, title }) => markup`<li><b>${claim}</b> ${title}</li>`)
  return markup`<p>No defect names these claims, so that they were never seen to fail:</p>
<ul>${items}</ul>`
}

function lineOf(
  { record }: RunView,
  system: string,
  claim: string,
  anchors: Anchors,
): string | undefined {
  const planned = record.planned.find((one) => one.system === system && one.claim === claim)
  const requirement = planned?.requirements[0]
  return requirement === undefined ? undefined : anchors.line(system, requirement)
}
