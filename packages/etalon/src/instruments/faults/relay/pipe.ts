import type { Socket } from 'node:net'
import { monotonicMs } from '../../../kernel/clock.ts'
import type { ActiveFault, Chunk, Direction, Forward, LinkConnection } from '../fault.ts'
import type { Framer } from '../protocols/index.ts'

/** Bytes waiting in one direction past which its source is not read. */
const waitingBytesMax = 1_024 * 1_024

export interface PipeOptions {
  readonly source: Socket
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
 * While no fault is at work and nothing waits, chunks are written straight through. Otherwise they
 * queue up and pass the faults one after another, in order.
 */
export function openPipe(options: PipeOptions): void {
  const { source, destination, direction, framer, faults, count } = options
  const waiting: Chunk[] = []
  let waitingBytes = 0
  let pumping = false
  let ended = false
  /** Bytes of an incomplete message that were written through before a fault came. */
  let writtenAheadBytes = 0

  const enqueue = (chunk: Chunk): void => {
    waiting.push(chunk)
    waitingBytes += chunk.data.length
    if (waitingBytes > waitingBytesMax) source.pause()
  }
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
  source.on('data', (data: Buffer) => {
    count(data.length)
    const active = faults().length > 0 || waiting.length > 0 || pumping
    const frames = framer?.push(data, direction)
    if (!active) {
      writtenAheadBytes = framer?.pendingBytes(direction) ?? 0
      if (!destination.write(data)) {
        source.pause()
        destination.once('drain', () => source.resume())
      }
      return
    }
    const receivedAtMs = monotonicMs()
    if (!frames) enqueue({ data, receivedAtMs })
    for (const { data: whole, message } of frames ?? []) {
      enqueue({ data: whole.subarray(writtenAheadBytes), message, receivedAtMs })
      writtenAheadBytes = 0
    }
    void pump()
  })
  source.on('end', () => {
    ended = true
    const rest = framer?.flush(direction).subarray(writtenAheadBytes)
    if (rest && rest.length > 0) enqueue({ data: rest, receivedAtMs: monotonicMs() })
    void pump()
  })
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
