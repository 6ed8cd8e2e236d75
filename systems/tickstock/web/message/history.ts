import { useState } from 'react'
import type { MessageMonitor } from '../api.ts'

/** The figures of one reading, over all channels. */
export interface Reading {
  readonly at: string
  readonly rateHz: number
  /** The worst channel's; `null` where no channel has one. */
  readonly latencyMsP95: number | null
  readonly lag: number
}

const kept = 60

/** The figures over all channels at once. */
export function readingOf({ at, channels }: MessageMonitor): Reading {
  const latencies = channels.flatMap(({ latency_ms }) => (latency_ms ? [latency_ms.p95] : []))
  return {
    at,
    rateHz: channels.reduce((sum, { rate_hz }) => sum + rate_hz, 0),
    latencyMsP95: latencies.length === 0 ? null : Math.max(...latencies),
    lag: channels.reduce((sum, { lag }) => sum + (lag ?? 0), 0),
  }
}

/** The last two minutes, as far as this page has read them, oldest first. */
export function useHistory(monitor: MessageMonitor): readonly Reading[] {
  const [readings, setReadings] = useState<readonly Reading[]>([])
  if (readings.at(-1)?.at !== monitor.at) {
    setReadings([...readings, readingOf(monitor)].slice(-kept))
  }
  return readings
}
