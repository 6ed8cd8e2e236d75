import type { Random } from '../../kernel/random.ts'
import type { Chunk, Direction, FaultTouch, LinkConnection, Trigger } from './fault.ts'

/** Decides what a fault takes, and counts what it took. */
export interface Selector {
  readonly touch: FaultTouch
  /** Whether the fault takes this connection at all. */
  takes(connection: LinkConnection): boolean
  /** Whether it takes this chunk; only asked where the connection is taken. */
  takesChunk(chunk: Chunk, direction: Direction, connection: LinkConnection): boolean
}

/** A selector for a trigger. Chunks are counted as touched when they are taken. */
export function selectorOf(trigger: Trigger = {}, random: Random): Selector {
  const counts = { connections: 0, messages: 0, bytes: 0 }
  const decided = new Map<number, boolean>()
  const touched = new Set<number>()
  const waiting = new Set<number>()
  const pattern = trigger.message && new RegExp(trigger.message.source, trigger.message.flags)
  let matched = 0
  let taken = 0

  const takes = (connection: LinkConnection): boolean => {
    const known = decided.get(connection.number)
    if (known !== undefined) return known
    const [first, last] = trigger.connections ?? [1, Number.POSITIVE_INFINITY]
    const inRange = connection.number >= first && connection.number <= last
    const drawn = trigger.probability === undefined || random.fraction() < trigger.probability
    decided.set(connection.number, inRange && drawn)
    return inRange && drawn
  }
  const isDue = (): boolean => {
    matched += 1
    if (matched < (trigger.nth ?? 1)) return false
    return taken < (trigger.times ?? Number.POSITIVE_INFINITY)
  }
  /** The request marks its connection; the completing answer is what is taken. */
  const matchesAnswer = (chunk: Chunk, direction: Direction, number: number): boolean => {
    if (direction === 'up') {
      if (matchesText(chunk) && isDue()) waiting.add(number)
      return false
    }
    return chunk.message?.completes === true && waiting.delete(number)
  }
  const matchesText = (chunk: Chunk): boolean =>
    chunk.message?.text !== undefined && pattern !== undefined && pattern.test(chunk.message.text)

  const matches = (chunk: Chunk, direction: Direction, number: number): boolean => {
    if (!pattern) return true
    return trigger.at === 'answer'
      ? matchesAnswer(chunk, direction, number)
      : direction === 'up' && matchesText(chunk) && isDue()
  }
  return {
    touch: counts,
    takes,
    takesChunk: (chunk, direction, connection) => {
      if (!takes(connection) || !matches(chunk, direction, connection.number)) return false
      if (pattern) taken += 1
      if (!touched.has(connection.number)) counts.connections += 1
      touched.add(connection.number)
      counts.messages += 1
      counts.bytes += chunk.data.length
      return true
    },
  }
}
