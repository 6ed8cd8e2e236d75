import { readFileSync } from 'node:fs'
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs, until } from '../kernel/clock.ts'
import type { Doubt } from '../kernel/doubt.ts'

const sampleMs = 200
/** What was seen so shortly ago need not be looked at again, as between two claims of a file. */
const freshMs = 200
const patienceMs = 5_000
const busyShare = 0.25
const overloadedShare = 0.75

/** When the machine was last seen to be quiet. */
let quietAtMs = Number.NEGATIVE_INFINITY

/**
 * Waits a little for a quiet machine, and tells when it did not become quiet. Looked at while the
 * claim itself does nothing, so whatever is busy is something else.
 */
export async function quietDoubts(): Promise<Doubt[]> {
  if (monotonicMs() - quietAtMs < freshMs) return []
  let busy = 1
  await until(
    async () => {
      busy = await busyShareNow()
      return busy < busyShare ? busy : undefined
    },
    { timeoutMs: patienceMs, everyMs: 100 },
  )
  if (busy < busyShare) {
    quietAtMs = monotonicMs()
    return []
  }
  const percent = Math.round(busy * 100)
  const message = `other work kept the processors ${percent} % busy; measure again on a quiet machine`
  return [{ kind: busy > overloadedShare ? 'overloaded-machine' : 'busy-machine', message }]
}

/** Share of all processor time that was used over a short while, stolen time included. */
async function busyShareNow(): Promise<number> {
  const before = processorTimes()
  await delay(sampleMs)
  const after = processorTimes()
  const total = after.total - before.total
  return total === 0 ? 0 : 1 - (after.idle - before.idle) / total
}

function processorTimes(): { idle: number; total: number } {
  if (process.platform === 'linux') {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
    // cpu user nice system idle iowait irq softirq steal …: guest times are within user already.
    const times = line.trim().split(/\s+/).slice(1, 9).map(Number)
    const idle = (times[3] ?? 0) + (times[4] ?? 0)
    return { idle, total: times.reduce((sum, time) => sum + time, 0) }
  }
  const all = os.cpus().flatMap(({ times }) => Object.values(times))
  const idle = os.cpus().reduce((sum, { times }) => sum + times.idle, 0)
  return { idle, total: all.reduce((sum, time) => sum + time, 0) }
}
