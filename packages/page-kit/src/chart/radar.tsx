import type { ReactNode } from 'react'
import { formatNumber } from '../data/format.ts'

/** One axis of a radar chart. */
export interface RadarAxis {
  readonly name: string
  readonly value: number
}

const size = { width: 360, height: 300 }
const middle = { x: size.width / 2, y: size.height / 2 }
const reach = 100
const rings = [0.25, 0.5, 0.75, 1]

/** Several values of the same scale around a centre. The table beside it says the same in words. */
export function Radar({
  label,
  axes,
  max,
}: {
  readonly label: string
  readonly axes: readonly RadarAxis[]
  readonly max: number
}): ReactNode {
  const at = (index: number, share: number): { x: number; y: number } => {
    const angle = (index / axes.length) * 2 * Math.PI - Math.PI / 2
    return {
      x: middle.x + Math.cos(angle) * reach * share,
      y: middle.y + Math.sin(angle) * reach * share,
    }
  }
  const outline = (shareOf: (index: number) => number): string =>
    axes
      .map((_axis, index) => at(index, shareOf(index)))
      .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
      .join(' ')
  const shareOf = (index: number): number => Math.min(1, (axes[index]?.value ?? 0) / max)
  const said = axes.map(({ name, value }) => `${name} ${formatNumber(value)}`).join(', ')
  return (
    <svg
      className="radar"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={`${label}: ${said}`}
    >
      {rings.map((share) => (
        <polygon key={share} className="radar-ring" points={outline(() => share)} />
      ))}
      {axes.map(({ name }, index) => {
        const { x, y } = at(index, 1)
        return <line key={name} className="radar-spoke" x1={middle.x} y1={middle.y} x2={x} y2={y} />
      })}
      <polygon className="radar-area" points={outline(shareOf)} />
      {axes.map((axis, index) => {
        const dot = at(index, shareOf(index))
        return <circle key={axis.name} className="radar-dot" cx={dot.x} cy={dot.y} r="3.5" />
      })}
      {axes.map((axis, index) => (
        <AxisLabel key={axis.name} axis={axis} {...at(index, 1.17)} />
      ))}
    </svg>
  )
}

function AxisLabel({
  axis,
  x,
  y,
}: {
  readonly axis: RadarAxis
  readonly x: number
  readonly y: number
}): ReactNode {
  const offset = x - middle.x
  const anchor = Math.abs(offset) < 10 ? 'middle' : offset > 0 ? 'start' : 'end'
  return (
    <text x={x} y={y} textAnchor={anchor}>
      <tspan className="radar-label" x={x} dy="-2">
        {axis.name}
      </tspan>
      <tspan className="radar-value" x={x} dy="15">
        {formatNumber(axis.value)}
      </tspan>
    </text>
  )
}
