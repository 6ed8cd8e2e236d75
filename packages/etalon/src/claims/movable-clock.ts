import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instance } from '../environment/instance.ts'
import { until } from '../kernel/clock.ts'

/** Tells the hook in a process with a movable clock where its offset is. */
export const clockVariable = 'ETALON_CLOCK'

const hook = new URL('clock-hook.ts', import.meta.url).href
const confirmTimeoutMs = 5_000

/** The clock of an instance's processes. The database keeps its own time. */
export interface InstanceClock {
  now(): Date
  /** Sets the time of every process; from there it goes on. */
  moveTo(time: Date): Promise<void>
  advance(durationMs: number): Promise<void>
}

/** A movable clock before its instance is started. */
export interface MovableClock {
  /** Module to load into the processes, and the environment it needs. */
  readonly import: string
  readonly env: Readonly<Record<string, string>>
  /** The clock of an instance started with these. */
  of(instance: Instance): InstanceClock
}

/** Prepares a movable clock in a folder of the run. Node.js processes only. */
export function createMovableClock(runDirectory: string): MovableClock {
  const file = join(runDirectory, `clock-${randomBytes(4).toString('hex')}`)
  let offsetMs = 0
  let moves = 0
  writeFileSync(file, '0')

  const move = async (instance: Instance, newOffsetMs: number): Promise<void> => {
    offsetMs = newOffsetMs
    moves += 1
    // The fraction tells this move from another to the same time; nobody notices a nanosecond.
    const content = `${Math.round(offsetMs)}.${String(moves).padStart(9, '0')}`
    writeFileSync(file, content)
    for (const { name, child } of instance.processes.values()) {
      if (child.exit) continue
      child.signal('SIGUSR2')
      const confirmed = await until(() => isConfirmed(`${file}.${child.pid}`, content), {
        timeoutMs: confirmTimeoutMs,
      })
      if (!confirmed) throw new Error(`the process ${name} did not take the new time over`)
    }
  }
  return {
    import: hook,
    env: { [clockVariable]: file },
    of: (instance) => ({
      now: () => new Date(Date.now() + offsetMs),
      moveTo: (time) => move(instance, time.getTime() - Date.now()),
      advance: (durationMs) => move(instance, offsetMs + durationMs),
    }),
  }
}

function isConfirmed(file: string, content: string): true | undefined {
  try {
    return readFileSync(file, 'utf8') === content ? true : undefined
  } catch {
    return undefined
  }
}
