import { connect, type Socket } from 'node:net'

/**
 * Takes what a socket has read. Tells whether it is done with the bytes, so that their memory can be
 * used again.
 */
export type Take = (data: Buffer) => boolean

/** A socket and how to get what it reads. */
export interface Source {
  readonly socket: Socket
  /** To be called once, before anything can have come. */
  readonly read: (take: Take) => void
}

const blockBytes = 256 * 1_024

/** Up to this, a copy costs less than a block that cannot be used again yet. */
const copiedBytesMax = 8 * 1_024

/** A socket whose bytes come as Node.js reads them: at most 64 KiB at once, each in new memory. */
export function plainSource(socket: Socket): Source {
  return { socket, read: (take) => socket.on('data', (data: Buffer) => void take(data)) }
}

/**
 * Connects to a service and reads from it in large blocks of memory that is used again, unless the
 * last one is still on its way. Only a socket that is opened here can be read so.
 */
export function connectInBlocks(host: string, port: number): Source {
  let block = Buffer.allocUnsafeSlow(blockBytes)
  let isFree = true
  let taker: Take = () => true
  const onread = {
    buffer: () => (isFree ? block : (block = Buffer.allocUnsafeSlow(blockBytes))),
    callback: (bytes: number, memory: Uint8Array) => {
      const data = Buffer.from(memory.buffer, memory.byteOffset, bytes)
      const isSmall = bytes <= copiedBytesMax
      const isDone = taker(isSmall ? Buffer.from(data) : data)
      isFree = isSmall || isDone
      return true
    },
  }
  const socket = connect({ host, port, allowHalfOpen: true, noDelay: true, onread })
  const read = (take: Take): void => {
    taker = take
  }
  return { socket, read }
}
