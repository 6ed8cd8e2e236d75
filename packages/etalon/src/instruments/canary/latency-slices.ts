import { monotonicMs } from '../../kernel/clock.ts'
import type { Count } from '../../kernel/statistics/distribution.ts'

/** Latencies by slices of time, so that a burst of slow ones is known for one. */
export interface LatencySlices {
  add(latencyMs: number): void
  /** The slices in order, also those in which nothing ended; latencies to three digits, counted. */
  slicesMs(): readonly (readonly Count[])[]
}

const sliceMsFirst = 250
const slicesMax = 256

/**
 * Gathers latencies into slices of 250 ms from a moment on. Once there are 256 of them each two
 * neighbours become one, so that a step of a day takes no more room than one of a minute. Those of
 * two sides from the same moment on are the same spans of time.
 *
 * @param startedAtMs on the monotonic clock
 */
export function createLatencySlices(startedAtMs: number): LatencySlices {
  let sliceMs = sliceMsFirst
  let slices: Map<number, number>[] = []
  /** The slice of now, once there is room for it. */
  const reach = (): Map<number, number> => {
    const elapsedMs = monotonicMs() - startedAtMs
    while (elapsedMs >= sliceMs * slicesMax) {
      sliceMs *= 2
      slices = joinedByTwo(slices)
    }
    const index = Math.floor(elapsedMs / sliceMs)
    while (slices.length <= index) slices.push(new Map())
    return slices[index] as Map<number, number>
  }
  return {
    add: (latencyMs) => count(reach(), Number(Math.max(latencyMs, 0.001).toPrecision(3)), 1),
    slicesMs: () => {
      reach()
      return slices.map((slice) => Array.from(slice, ([value, times]) => ({ value, count: times })))
    },
  }
}

function joinedByTwo(slices: readonly Map<number, number>[]): Map<number, number>[] {
  return Array.from({ length: Math.ceil(slices.length / 2) }, (_, index) => {
    const joined = new Map(slices[2 * index])
    for (const [value, times] of slices[2 * index + 1] ?? []) count(joined, value, times)
    return joined
  })
}

function count(slice: Map<number, number>, value: number, times: number): void {
  slice.set(value, (slice.get(value) ?? 0) + times)
}
