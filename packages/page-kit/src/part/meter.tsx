import type { ReactNode } from 'react'

/** How far something has come, with what is still missing in words. */
export function Meter({
  label,
  value,
  max,
  note,
}: {
  readonly label: string
  readonly value: number
  readonly max: number
  /** Such as `2,400 to go`. */
  readonly note: string
}): ReactNode {
  const percent = max <= 0 ? 100 : Math.min(100, Math.max(0, (value / max) * 100))
  return (
    <div className="meter">
      <div className="meter-text">
        <span>{label}</span>
        <span className="muted">{note}</span>
      </div>
      <div
        className="meter-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={note}
      >
        <div className="meter-fill" style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
