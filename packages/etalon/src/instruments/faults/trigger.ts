import type {
  Chunk,
  Direction,
  FaultContext,
  FaultTouch,
  LinkConnection,
  Message,
  Trigger,
} from './fault.ts'

/** Decides what a fault takes, and counts what it took. */
export interface Selector {
  readonly touch: FaultTouch
  /** Whether the fault takes this connection at all. */
  takes(connection: LinkConnection): boolean
  /** Whether it takes this chunk, which is then counted. */
  takesChunk(chunk: Chunk, direction: Direction, connection: LinkConnection): boolean
  /**
   * Whether it looks at this chunk, which is not counted: for faults that know only later whether
   * they do anything to it.
   */
  seesChunk(chunk: Chunk, direction: Direction, connection: LinkConnection): boolean
  /** Whether it is going to take the answer to this request. */
  readonly awaits: (connection: LinkConnection, request: number) => boolean
  /** Counts a connection, and a chunk once however often it is told. */
  count(connection: LinkConnection, chunk?: Chunk): void
}

/** A selector for a trigger. */
export function selectorOf(trigger: Trigger = {}, context: FaultContext): Selector {
  const { random, connectionsBefore, protocol } = context
  const counts = { connections: 0, messages: 0, bytes: 0 }
  const decided = new Map<number, boolean>()
  const touched = new Set<number>()
  const counted = new WeakSet<Chunk>()
  /** Requests whose answers are going to be taken. */
  const waiting = new Set<string>()
  const pattern = trigger.message && new RegExp(trigger.message.source, trigger.message.flags)
  if (pattern && protocol === 'tcp') {
    throw new RangeError('expected a link that reads messages: to postgres or redis, found tcp')
  }
  let matched = 0

  const takes = (connection: LinkConnection): boolean => {
    const known = decided.get(connection.number)
    if (known !== undefined) return known
    const [first, last] = trigger.connections ?? [
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]
    const number = connection.number - connectionsBefore
    const inRange = number >= first && number <= last
    // Each connection has a draw of its own, so that the order of their bytes changes none.
    const draw = (): number => random.fork(`connection/${number}`).fraction()
    const drawn = trigger.probability === undefined || draw() < trigger.probability
    decided.set(connection.number, inRange && drawn)
    return inRange && drawn
  }
  const isDue = (): boolean => {
    matched += 1
    const first = trigger.nth ?? 1
    return matched >= first && matched < first + (trigger.times ?? Number.POSITIVE_INFINITY)
  }
  /** The request is marked; the answer to it is what is taken. */
  const matchesAnswer = ({ message }: Chunk, direction: Direction, number: number): boolean => {
    if (direction === 'down')
      return message?.completes === true && waiting.delete(key(number, message.answers))
    if (matchesText(message) && isDue()) waiting.add(key(number, message?.request))
    return false
  }
  const matchesText = (message: Message | undefined): boolean =>
    message?.text !== undefined && pattern !== undefined && pattern.test(message.text)

  const matches = (chunk: Chunk, direction: Direction, number: number): boolean => {
    if (!pattern) return true
    return trigger.at === 'answer'
      ? matchesAnswer(chunk, direction, number)
      : direction === 'up' && matchesText(chunk.message) && isDue()
  }
  const count = ({ number }: LinkConnection, chunk?: Chunk): void => {
    if (!touched.has(number)) counts.connections += 1
    touched.add(number)
    if (!chunk || counted.has(chunk)) return
    counted.add(chunk)
    counts.messages += 1
    counts.bytes += chunk.data.length
  }
  const seesChunk: Selector['seesChunk'] = (chunk, direction, connection) =>
    takes(connection) && matches(chunk, direction, connection.number)
  return {
    touch: counts,
    takes,
    count,
    awaits: ({ number }, request) => waiting.has(key(number, request)),
    seesChunk,
    takesChunk: (chunk, direction, connection) => {
      const isTaken = seesChunk(chunk, direction, connection)
      if (isTaken) count(connection, chunk)
      return isTaken
    },
  }
}

/** Where a fault acts unless told: on requests where it waits for one, else on what comes back. */
export function usualDirection({ message, at }: Trigger): Direction {
  return message && at !== 'answer' ? 'up' : 'down'
}

function key(connection: number, request: number | undefined): string {
  return `${connection}/${request}`
}
