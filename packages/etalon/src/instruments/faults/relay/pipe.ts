import type { Socket } from 'node:net'
import { monotonicMs } from '../../../kernel/clock.ts'
import type { ActiveFault, Chunk, Direction, Forward, LinkConnection } from '../fault.ts'
import type { Framer } from '../protocols/index.ts'
import type { Source } from './reading.ts'
import { stayAwake } from './wakeful.ts'

/** Bytes waiting in one direction past which its source is not read. */
const waitingBytesMax = 1_024 * 1_024

export interface PipeOptions {
  readonly source: Source
  readonly destination: Socket
  readonly direction: Direction
  readonly connection: LinkConnection
  readonly framer: Framer | undefined
  /** The faults at work now; asked for each chunk, so that they may come and go. */
  readonly faults: () => readonly ActiveFault[]
  readonly count: (bytes: number) => void
}

/**
 * One direction of one connection.
 *
 *     source ─▶ [messages] ─▶ fault ─▶ fault ─▶ … ─▶ destination
 *
 * While no fault is at work and nothing waits, bytes are written straight through and only followed.
 * Otherwise they become messages, queue up and pass the faults one after another, in order.
 */
export function openPipe(options: PipeOptions): void {
  const { source, destination, direction, framer, faults, count } = options
  const { socket } = source
  const queue = openQueue(options)
  const answer = openAnswer(options)

  const enqueue = (data: Buffer): void => {
    const receivedAtMs = monotonicMs()
    if (!framer) return queue.add({ data, receivedAtMs })
    for (const frame of framer.push(data, direction)) {
      const chunk = answer.gather({ ...frame, receivedAtMs })
      if (chunk) queue.add(chunk)
    }
  }
  source.read((data) => {
    count(data.length)
    stayAwake()
    if (faults().length > 0 || queue.isBusy() || answer.isPending()) {
      enqueue(data)
      return false
    }
    writeThrough(framer?.release(direction))
    framer?.follow(data, direction)
    writeThrough(data)
    return framer === undefined && destination.writableLength === 0
  })
  socket.on('end', () => {
    const rest = Buffer.concat([answer.release(), framer?.release(direction) ?? Buffer.alloc(0)])
    if (rest.length > 0) queue.add({ data: rest, receivedAtMs: monotonicMs() })
    queue.end()
  })

  const writeThrough = (data: Buffer | undefined): void => {
    if (data === undefined || data.length === 0 || destination.write(data)) return
    socket.pause()
    destination.once('drain', () => socket.resume())
  }
}

/** Chunks that wait to pass the faults, in order. */
interface Queue {
  isBusy(): boolean
  add(chunk: Chunk): void
  /** Passes the end on once everything has passed. */
  end(): void
}

function openQueue(options: PipeOptions): Queue {
  const source = options.source.socket
  const waiting: Chunk[] = []
  let waitingBytes = 0
  let pumping = false
  let ended = false
  const pump = async (): Promise<void> => {
    if (pumping) return
    pumping = true
    for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
      waitingBytes -= chunk.data.length
      if (waitingBytes <= waitingBytesMax / 2) source.resume()
      await passThrough(chunk, options)
    }
    pumping = false
    if (ended) await passEnd(options)
  }
  return {
    isBusy: () => pumping,
    add: (chunk) => {
      waiting.push(chunk)
      waitingBytes += chunk.data.length
      if (waitingBytes > waitingBytesMax) source.pause()
      void pump()
    },
    end: () => {
      ended = true
      void pump()
    },
  }
}

/** An answer whose messages are joined, because a fault waits for all of it. */
interface PendingAnswer {
  isPending(): boolean
  /** Gives what may go on: the chunk, the whole answer with it, or nothing yet. */
  gather(chunk: Chunk): Chunk | undefined
  release(): Buffer
}

/** One that is cut after the first message of an answer would have been told it already. */
function openAnswer({ faults, connection }: PipeOptions): PendingAnswer {
  let gathered: Buffer[] = []
  const release = (): Buffer => {
    const data = Buffer.concat(gathered)
    gathered = []
    return data
  }
  return {
    isPending: () => gathered.length > 0,
    release,
    gather: (chunk) => {
      const { answers, completes } = chunk.message ?? {}
      const isAwaited =
        answers !== undefined && faults().some((fault) => fault.awaits?.(connection, answers))
      if (isAwaited && !completes) {
        gathered.push(chunk.data)
        return undefined
      }
      if (gathered.length === 0) return chunk
      return { ...chunk, data: Buffer.concat([release(), chunk.data]) }
    },
  }
}

async function passThrough(chunk: Chunk, options: PipeOptions): Promise<void> {
  const { faults, direction, connection, destination } = options
  const forwardFrom = (remaining: readonly ActiveFault[]): Forward => {
    const [fault, ...rest] = remaining
    return fault
      ? (passed) => fault.pass(passed, direction, connection, forwardFrom(rest))
      : (passed) => writeTo(destination, passed.data)
  }
  await forwardFrom(faults())(chunk)
}

async function passEnd({ faults, direction, connection, destination }: PipeOptions): Promise<void> {
  for (const fault of faults()) await fault.ended?.(direction, connection)
  destination.end()
}

function writeTo(destination: Socket, data: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (destination.destroyed || destination.write(data)) return resolve()
    const done = (): void => {
      destination.off('drain', done)
      destination.off('close', done)
      resolve()
    }
    destination.once('drain', done)
    destination.once('close', done)
  })
}
