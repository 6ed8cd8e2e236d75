import { until } from '../kernel/clock.ts'
import { processStates, startTicks } from './process-table.ts'

const settleTimeoutMs = 10_000

/** A process and all that descend from it, parents before their children. */
export function familyOf(root: number): number[] {
  const children = Map.groupBy(processStates(), ({ parent }) => parent)
  const family = [root]
  for (const pid of family) family.push(...(children.get(pid) ?? []).map((child) => child.pid))
  return family.filter((pid) => startTicks(pid) !== undefined)
}

/**
 * The living processes that descend from named ones, each under the name of the nearest. Looks at
 * the table of processes once, for all of them together.
 */
export function familiesOf(roots: ReadonlyMap<number, string>): Map<number, string> {
  const children = Map.groupBy(processStates(), ({ parent }) => parent)
  const members = new Map(roots)
  for (const [pid, name] of members) {
    for (const child of children.get(pid) ?? []) {
      if (!members.has(child.pid)) members.set(child.pid, name)
    }
  }
  return members
}

/**
 * Stops a process and its descendants (SIGSTOP) and waits until they stand still. Parents first, and
 * again until none is left that was started meanwhile.
 *
 * @returns those that stand still
 */
export async function freeze(root: number): Promise<number[]> {
  const frozen = new Set<number>()
  for (;;) {
    const moving = familyOf(root).filter((pid) => !frozen.has(pid))
    if (moving.length === 0) return [...frozen]
    for (const pid of moving) {
      frozen.add(pid)
      send(pid, 'SIGSTOP')
    }
    const still = await until(() => (moving.every(standsStill) ? true : undefined), {
      timeoutMs: settleTimeoutMs,
      everyMs: 1,
    })
    if (still) continue
    thaw([...frozen])
    throw new Error(`a process did not stop within ${settleTimeoutMs / 1_000} s`)
  }
}

/** Lets processes go on that {@link freeze} stopped, children before their parents. */
export function thaw(frozen: readonly number[]): void {
  for (const pid of frozen.toReversed()) send(pid, 'SIGCONT')
}

/**
 * Ends a process and its descendants at once (SIGKILL): none of them gets to do anything more, not
 * even to notice that another is gone.
 *
 * @returns those that were ended
 */
export async function killFamily(root: number): Promise<number[]> {
  const frozen = await freeze(root)
  const before = frozen.map((pid): Member => ({ pid, ticks: startTicks(pid) }))
  for (const pid of frozen) send(pid, 'SIGKILL')
  const gone = await until(
    () =>
      before.every(({ pid, ticks }) => startTicks(pid) !== ticks || !ticks) ? true : undefined,
    { timeoutMs: settleTimeoutMs, everyMs: 1 },
  )
  if (!gone) throw new Error(`a process did not end within ${settleTimeoutMs / 1_000} s`)
  return frozen
}

/** A process for good: its id alone may be another's by the time it is looked at again. */
export interface Member {
  readonly pid: number
  readonly ticks: string | undefined
}

/** A process and all that descend from it now, to be asked for later. */
export function membersOf(root: number): Member[] {
  return familyOf(root).map((pid) => ({ pid, ticks: startTicks(pid) }))
}

/**
 * Ends those of a family that outlived the process they descend from: a shell or `npm` in front of a
 * server may be gone before it. They are asked first and forced after `graceMs`.
 */
export async function endMembers(
  members: readonly Member[],
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  const left = (): Member[] =>
    members.filter(({ pid, ticks }) => ticks !== undefined && startTicks(pid) === ticks)
  const areGone = (): true | undefined => (left().length === 0 ? true : undefined)
  for (const { pid } of left()) send(pid, signal)
  if (await until(areGone, { timeoutMs: graceMs })) return
  for (const { pid } of left()) await killFamily(pid)
}

function standsStill(pid: number): boolean {
  const state = processStates(pid)[0]?.state
  return state === undefined || state === 'T' || state === 'Z'
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
