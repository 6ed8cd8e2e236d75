import type { ReactNode } from 'react'
import { formatNumber } from '../data/format.ts'

/** From which value on a band begins. */
export interface GaugeBands {
  readonly good: number
  readonly warn: number
}

const radius = 80
const arc = Math.PI * radius
const path = `M20 100 A${radius} ${radius} 0 0 1 180 100`

/** A percentage as half a dial, with its number and what the colours mean. */
export function Gauge({
  label,
  percent,
  bands,
  names,
}: {
  readonly label: string
  /** `null` while it is not known. */
  readonly percent: number | null
  readonly bands: GaugeBands
  readonly names: { readonly good: string; readonly warn: string; readonly bad: string }
}): ReactNode {
  const known = percent ?? 0
  const shown = percent === null ? '–' : `${formatNumber(percent)}%`
  return (
    <figure className="gauge" style={{ margin: 0 }}>
      <svg viewBox="0 0 200 116" role="img" aria-label={`${label}: ${shown}`}>
        <path d={path} className="gauge-track" fill="none" strokeWidth="16" strokeLinecap="round" />
        {known > 0 && (
          <path
            d={path}
            className={`gauge-value gauge-${bandOf(percent, bands)}`}
            fill="none"
            strokeWidth="16"
            strokeLinecap="round"
            strokeDasharray={`${(arc * known) / 100} ${arc * 2}`}
          />
        )}
        <text x="100" y="92" textAnchor="middle" className="gauge-number">
          {shown}
        </text>
        <text x="100" y="112" textAnchor="middle" className="gauge-caption">
          {label}
        </text>
      </svg>
      <ul className="legend" aria-label="What the colours mean">
        <li>
          <span className="legend-mark legend-good" />
          {names.good} ≥ {bands.good}%
        </li>
        <li>
          <span className="legend-mark legend-warn" />
          {names.warn} ≥ {bands.warn}%
        </li>
        <li>
          <span className="legend-mark legend-bad" />
          {names.bad} &lt; {bands.warn}%
        </li>
      </ul>
    </figure>
  )
}

function bandOf(percent: number | null, { good, warn }: GaugeBands): string {
  if (percent === null) return 'plain'
  if (percent >= good) return 'good'
  return percent >= warn ? 'warn' : 'bad'
}
