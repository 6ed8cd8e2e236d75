import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LiveSocket, type Wire } from './live-socket.ts'

/** The other end of a connection, which takes what it is given when a test says so. */
class Reader extends EventEmitter implements Wire {
  bufferedAmount = 0
  readonly got: string[] = []
  readonly deeds: string[] = []
  isStuck = false
  #waiting: { text: string; sent: () => void }[] = []

  send(text: string, sent: () => void): void {
    this.bufferedAmount += text.length
    this.#waiting.push({ text, sent })
    if (!this.isStuck) this.read()
  }

  read(): void {
    for (const { text, sent } of this.#waiting.splice(0)) {
      this.bufferedAmount -= text.length
      this.got.push(text)
      sent()
    }
  }

  ping(): void {
    this.deeds.push('ping')
  }

  close(code: number, reason: string): void {
    this.deeds.push(`close ${code} ${reason}`)
    this.emit('close')
  }

  terminate(): void {
    this.deeds.push('terminate')
    this.emit('close')
  }
}

const big = 'x'.repeat(65_536)
let reader: Reader
let socket: LiveSocket

beforeEach(() => {
  vi.useFakeTimers()
  reader = new Reader()
  const identity = { subject: 'ann', role: 'viewer', epoch: 0, signedInAtS: 0 }
  socket = new LiveSocket(reader, identity, { messagesMax: 3, lengthMax: 200_000 })
})

afterEach(() => vi.useRealTimers())

describe('a socket', () => {
  test('sends at once to who reads', () => {
    for (let n = 0; n < 100; n += 1) socket.send(String(n))
    expect(reader.got).toEqual(Array.from({ length: 100 }, (_, n) => String(n)))
  })

  test('keeps what a slow client has not read, in order', async () => {
    reader.isStuck = true
    socket.send(big)
    socket.send('one')
    socket.send('two')
    expect(reader.got).toEqual([])
    reader.isStuck = false
    const drained = socket.drained()
    reader.read()
    await drained
    expect(reader.got.slice(1)).toEqual(['one', 'two'])
    expect(socket.isOpen).toBe(true)
  })

  test.each([
    ['messages', ['1', '2', '3', '4']],
    ['characters', [big, big, big, big]],
  ])('has a client begin anew for whom too many %s wait', async (_what, texts) => {
    reader.isStuck = true
    socket.send(big)
    for (const text of texts) socket.send(text)
    expect(socket.isOpen).toBe(false)
    socket.send('late')
    reader.isStuck = false
    reader.read()
    await vi.advanceTimersByTimeAsync(1)
    expect(reader.got.slice(1)).toEqual(['{"type":"resync","reason":"too slow"}'])
    expect(reader.deeds).toEqual(['close 1013 too slow'])
  })

  test('says goodbye after what waits, and not for ever', async () => {
    reader.isStuck = true
    socket.send(big)
    socket.send('last')
    socket.end(1001, 'over')
    await vi.advanceTimersByTimeAsync(1_999)
    expect(reader.deeds).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(reader.deeds).toEqual(['terminate'])
    expect(socket.closed.aborted).toBe(true)
  })

  test('is given up when two pings have no answer before the next', () => {
    socket.beat()
    socket.beat()
    reader.emit('pong')
    socket.beat()
    socket.beat()
    expect(reader.deeds).toEqual(['ping', 'ping', 'ping', 'ping'])
    socket.beat()
    expect(reader.deeds).toEqual(['ping', 'ping', 'ping', 'ping', 'terminate'])
  })

  test('is waited for by nobody once it is gone', async () => {
    reader.isStuck = true
    socket.send(big)
    socket.send('waits')
    const drained = socket.drained()
    reader.terminate()
    await drained
    expect(socket.isOpen).toBe(false)
  })
})
