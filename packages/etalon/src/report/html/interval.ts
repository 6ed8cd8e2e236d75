import type { EstimateRecord, ProofRecord } from '../../evidence/proof-record.ts'
import { formatQuantity } from '../../kernel/units.ts'
import { intervalOf } from '../run-view.ts'
import { quantityOf, targetRangeOf, type TargetRange } from '../target-range.ts'
import { markup, type Markup } from './markup.ts'

const width = 168
const height = 18
const middle = height / 2
/** So that a mark on the edge is whole. */
const margin = 5

/**
 * Draws an estimate against its target on one scale: the accepted side tinted, the interval as a
 * bar, the figure as a dot, and what was reported as a hollow diamond where it can be read.
 */
export function intervalGraphic(proof: ProofRecord, reported?: string): Markup | undefined {
  const { estimate, verdict, bound } = proof
  if (!estimate) return undefined
  const accepted = bound && targetRangeOf(bound)
  const claimed = reported === undefined ? undefined : quantityOf(reported, estimate.unit)
  const place = scaleOf(estimate, accepted, claimed)
  const left = estimate.low === null ? 0 : place(estimate.low)
  const right = estimate.high === null ? width : place(estimate.high)
  const wide = Math.max(2, right - left)
  const told = describe(proof, estimate, reported)
  return markup`<svg class="interval ${verdict}" viewBox="0 0 ${width} ${height}" role="img"
 aria-label="${told}"><title>${told}</title>${accepted && acceptedSide(accepted, place)}
<line class="axis" x1="0" x2="${width}" y1="${middle}" y2="${middle}"/>
<rect class="span" x="${at(left)}" y="${middle - 3}" width="${at(wide)}" height="6" rx="1"/>
${accepted && targetLines(accepted, place)}${claimed !== undefined && diamond(place(claimed))}
<circle class="value" cx="${at(place(estimate.value))}" cy="${middle}" r="3"/></svg>`
}

type Place = (value: number) => number

/** From values to pixels. The scale starts at 0 where that costs little, so that sizes compare. */
function scaleOf(
  { value, low, high }: EstimateRecord,
  accepted: TargetRange | undefined,
  claimed: number | undefined,
): Place {
  const shown = [value, low, high, accepted?.low, accepted?.high, claimed].filter(
    (one): one is number => typeof one === 'number',
  )
  const least = Math.min(...shown)
  const most = Math.max(...shown)
  const start = least >= 0 && least < most / 2 ? 0 : least - (most - least) * 0.25
  const end = most + (most - start || Math.abs(most) || 1) * 0.12
  return (one) => margin + ((one - start) / (end - start)) * (width - 2 * margin)
}

function acceptedSide(accepted: TargetRange, place: Place): Markup {
  const left = accepted.low === undefined ? 0 : place(accepted.low)
  const right = accepted.high === undefined ? width : place(accepted.high)
  const wide = right - left
  return markup`<rect class="accepted" x="${at(left)}" y="2" width="${at(wide)}"
 height="${height - 4}"/>`
}

function targetLines({ low, high }: TargetRange, place: Place): Markup[] {
  return [low, high]
    .filter((bound) => bound !== undefined)
    .map((bound) => at(place(bound)))
    .map((x) => markup`<line class="target" x1="${x}" x2="${x}" y1="0" y2="${height}"/>`)
}

function diamond(x: number): Markup {
  const points = [
    [x - 4, middle],
    [x, middle - 4],
    [x + 4, middle],
    [x, middle + 4],
  ]
  const path = points.map((point) => point.map((one) => at(one)).join(',')).join(' ')
  return markup`<polygon class="reported" points="${path}"/>`
}

function describe(
  proof: ProofRecord,
  estimate: EstimateRecord,
  reported: string | undefined,
): string {
  const { value, unit, confidence } = estimate
  const claimed = reported === undefined ? '' : `; reported ${reported}`
  const sure = `${formatQuantity(confidence, 'share')} confidence in ${intervalOf(proof)}`
  return `${formatQuantity(value, unit)}, with ${sure}, target ${proof.target}${claimed}`
}

function at(pixels: number): string {
  return String(Math.round(pixels * 10) / 10)
}
