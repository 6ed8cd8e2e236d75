import type { ReactNode } from 'react'

/** How much energy somebody has, as a colour: green above 0.7, amber above 0.3, red below. */
export function energyTone(energy: number): 'good' | 'warn' | 'bad' {
  if (energy > 0.7) return 'good'
  return energy > 0.3 ? 'warn' : 'bad'
}

/** The energy of a character as a bar and a figure. */
export function EnergyBar({
  name,
  energy,
}: {
  readonly name: string
  /** 0 to 1. */
  readonly energy: number
}): ReactNode {
  const percent = Math.round(energy * 100)
  return (
    <div className="energy">
      <div
        className="energy-track"
        role="progressbar"
        aria-label={`Energy of ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-tone={energyTone(energy)}
      >
        <div className="energy-fill" style={{ width: `${percent}%` }} />
      </div>
      <span className="energy-figure">{percent} %</span>
    </div>
  )
}
