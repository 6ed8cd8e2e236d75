import type { ReactNode } from 'react'

const box = { width: 300, height: 60, margin: 4 }

/** How a figure went, oldest first; the figures themselves stand elsewhere on the page. */
export function Trend({
  label,
  values,
  from,
}: {
  readonly label: string
  readonly values: readonly number[]
  /** Where the scale begins: at the least value unless given. */
  readonly from?: number
}): ReactNode {
  const low = from ?? Math.min(...values)
  const high = Math.max(...values)
  const span = high - low || 1
  const room = box.height - 2 * box.margin
  const points = values.map((value, index) => {
    const x = values.length === 1 ? box.width : (index / (values.length - 1)) * box.width
    const isFlat = high === low && from === undefined
    const y = isFlat ? box.height / 2 : box.margin + room - ((value - low) / span) * room
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  return (
    <svg
      className="trend"
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <polygon
        className="trend-area"
        points={`0,${box.height} ${points.join(' ')} ${box.width},${box.height}`}
      />
      <polyline className="trend-line" points={points.join(' ')} />
    </svg>
  )
}
