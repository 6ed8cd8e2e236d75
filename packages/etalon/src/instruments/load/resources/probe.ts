import { setTimeout as delay } from 'node:timers/promises'
import { messageOf } from '../../../kernel/errors.ts'

/** What a probe read: figures by name, such as `cpuShare` or `residentBytes`. */
export type Reading = Readonly<Record<string, number>>

/** Reads the state of something while load is on it. */
export interface Probe {
  /** What it looks at: `api`, `postgres`. */
  readonly name: string
  read(): Promise<Reading> | Reading
  close?(): Promise<void> | void
}

/** What a probe saw at one moment. */
export interface ResourceSample {
  readonly atMs: number
  readonly name: string
  readonly reading: Reading
}

/** Probes at work. */
export interface Probing {
  /** Ends it; gives what was seen, with times from `zeroMs` of the system's monotonic clock. */
  stop(zeroMs: number): Promise<readonly ResourceSample[]>
  /** The first problem of a probe; it is not asked again. */
  readonly problems: readonly string[]
}

const everyMs = 500

/** Asks all probes every half second until stopped. */
export function startProbes(probes: readonly Probe[]): Probing {
  const abort = new AbortController()
  const samples: ResourceSample[] = []
  const problems: string[] = []
  const watch = async (probe: Probe): Promise<void> => {
    try {
      while (!abort.signal.aborted) {
        const reading = await probe.read()
        const atMs = Number(process.hrtime.bigint()) / 1e6
        samples.push({ atMs, name: probe.name, reading })
        await delay(everyMs, undefined, { signal: abort.signal })
      }
    } catch (error) {
      if (!abort.signal.aborted) problems.push(`${probe.name}: ${messageOf(error)}`)
    } finally {
      await probe.close?.()
    }
  }
  const watching = Promise.all(probes.map(watch))
  return {
    problems,
    stop: async (zeroMs) => {
      abort.abort()
      await watching
      return samples
        .map((sample) => ({ ...sample, atMs: sample.atMs - zeroMs }))
        .filter(({ atMs }) => atMs >= 0)
        .sort((a, b) => a.atMs - b.atMs)
    },
  }
}
