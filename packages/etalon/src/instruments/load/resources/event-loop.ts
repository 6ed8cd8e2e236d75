import { connect, type Socket } from 'node:net'
import { monotonicMs } from '../../../kernel/clock.ts'
import { eventLoopAddress } from '../../../kernel/event-loop-address.ts'

/**
 * Asks a Node.js process that Etalon started how late its event loop was. Of any other process
 * nothing is known.
 */
export class EventLoop {
  readonly #socket: Socket
  #answered = false
  #askedAtMs: number | undefined
  #delayMsMax = 0

  constructor(pid: number) {
    this.#socket = connect({ path: eventLoopAddress(pid) })
    this.#socket.unref()
    this.#socket.setEncoding('latin1')
    this.#socket.on('error', () => {})
    this.#socket.on('data', (text: string) => {
      this.#answered = true
      this.#askedAtMs = undefined
      for (const line of text.trim().split('\n')) {
        this.#delayMsMax = Math.max(this.#delayMsMax, Number(line))
      }
    })
  }

  /**
   * The longest delay since the last call, in milliseconds; a question that is not answered yet
   * counts by how long it waits, so that a loop that hangs is seen while it hangs.
   */
  delayMsMax(): number | undefined {
    if (this.#socket.destroyed) return undefined
    const nowMs = monotonicMs()
    const waitedMs = this.#askedAtMs === undefined ? 0 : nowMs - this.#askedAtMs
    const delayMsMax = Math.max(this.#delayMsMax, waitedMs)
    this.#delayMsMax = 0
    if (this.#askedAtMs === undefined) {
      this.#askedAtMs = nowMs
      this.#socket.write('?')
    }
    return this.#answered ? delayMsMax : undefined
  }

  close(): void {
    this.#socket.destroy()
  }
}
