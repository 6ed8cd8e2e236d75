import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Doubt } from '../kernel/doubt.ts'

/** Tells whether this process was late in hearing, which makes delivery look slower than it is. */
export interface Lateness {
  doubts(): readonly Doubt[]
  stop(): void
}

// The monitor counts the whole time between two looks, also the part it means to sleep.
const resolutionMs = 10

/** Over this, P99, a receipt may be later by what a delivery takes. */
const lateMs = 20

/** Over this the figures are those of the machine. */
const stalledMs = 200

/** Watches the event loop of this process. */
export function watchLateness(): Lateness {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  return {
    doubts: () => {
      const p99Ms = Math.max(0, delays.percentile(99) / 1e6 - resolutionMs)
      if (!(p99Ms > lateMs)) return []
      const message = `the receiver itself was up to ${Math.round(p99Ms)} ms late (P99): it was busy, or the machine was`
      return [{ kind: p99Ms > stalledMs ? 'overloaded-driver' : 'late-driver', message }]
    },
    stop: () => {
      delays.disable()
    },
  }
}
