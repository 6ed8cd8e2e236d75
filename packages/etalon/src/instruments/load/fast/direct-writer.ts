import type { Socket } from 'node:net'

/** What lies below a socket's stream; `writeBuffer` gives 0, or the number of a system's error. */
interface Handle {
  writeBuffer(write: Write, bytes: Buffer): number
}

interface Write {
  handle?: Handle
  buffer?: Buffer
  oncomplete?: (status: number) => void
}

interface StreamBinding {
  readonly WriteWrap: new () => Write
  readonly streamBaseState: Int32Array
  readonly kLastWriteWasAsync: number
}

const binding = streamBinding()

/**
 * Writes to a socket past the stream around it, which costs as much as all else that the driver does
 * for a request: a request is one short piece, sent when all before it has been answered, so there
 * is nothing to queue. Where this Node.js does not let us, the socket writes as always.
 */
export class DirectWriter {
  readonly #socket: Socket
  #handle: Handle | undefined
  #write: Write | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.once('connect', () => {
      const handle = (socket as unknown as { readonly _handle?: Partial<Handle> })._handle
      if (!binding || typeof handle?.writeBuffer !== 'function') return
      this.#handle = handle as Handle
      this.#write = new binding.WriteWrap()
    })
    socket.once('close', () => (this.#handle = undefined))
  }

  /** Writes; what goes wrong shows in how the socket closes. `bytes` must not change any more. */
  write(bytes: Buffer): void {
    const [handle, write] = [this.#handle, this.#write]
    if (!binding || !handle || !write) {
      this.#socket.write(bytes)
      return
    }
    if (handle.writeBuffer(write, bytes) !== 0) this.#socket.destroy()
    // The kernel did not take all of it at once: that write stays with the system until it is done.
    else if (binding.streamBaseState[binding.kLastWriteWasAsync] !== 0) {
      write.handle = handle
      write.buffer = bytes
      write.oncomplete = (status) => {
        if (status < 0) this.#socket.destroy()
      }
      this.#write = new binding.WriteWrap()
    }
  }
}

function streamBinding(): StreamBinding | undefined {
  try {
    const bound = process as unknown as { binding(name: string): Partial<StreamBinding> }
    const found = bound.binding('stream_wrap')
    const { WriteWrap, streamBaseState, kLastWriteWasAsync } = found
    return WriteWrap && streamBaseState && kLastWriteWasAsync !== undefined
      ? (found as StreamBinding)
      : undefined
  } catch {
    return undefined
  }
}
