import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { monotonicMs } from '../../../kernel/clock.ts'

/** What a thread of the driver saw of itself while it measured. */
export interface ThreadHealth {
  /** Share of the time that the thread had a processor; looking for what is due counts too. */
  readonly cpuShare: number
  readonly loopDelayMsP99: number
  readonly loopDelayMsMax: number
  readonly gcMsTotal: number
  readonly gcMsMax: number
}

// The monitor counts the whole time between two looks, also the part it means to sleep.
const resolutionMs = 10

/** Watches the calling thread; gives what it saw when the returned function is called. */
export function watchSelf(): () => ThreadHealth {
  const startedAtMs = monotonicMs()
  const cpuBefore = process.threadCpuUsage()
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  let gcMsTotal = 0
  let gcMsMax = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      gcMsTotal += duration
      gcMsMax = Math.max(gcMsMax, duration)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => {
    delays.disable()
    observer.disconnect()
    const { user, system } = process.threadCpuUsage(cpuBefore)
    return {
      cpuShare: (user + system) / 1_000 / (monotonicMs() - startedAtMs),
      loopDelayMsP99: Math.max(0, delays.percentile(99) / 1e6 - resolutionMs),
      loopDelayMsMax: Math.max(0, delays.max / 1e6 - resolutionMs),
      gcMsTotal,
      gcMsMax,
    }
  }
}
