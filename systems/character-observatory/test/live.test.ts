import { EventEmitter } from 'node:events'
import { LiveFeed, LiveSocket, type Archive } from 'service-kit'
import { expect, test } from 'vitest'
import { Allowance } from '../src/live/allowance.ts'
import { openEar } from '../src/live/ear.ts'
import { Session } from '../src/live/session.ts'

const poll = { timeout: 30_000 }
const reconnection = { first_ms: 1_000, max_ms: 30_000, jitter: 0.5 }

/** An archive that answers where an ecosystem stands when it is let. */
function heldArchive(end: { value: number }): Archive & { release(): void } {
  const held = Promise.withResolvers<void>()
  return {
    release: () => held.resolve(),
    lastSeq: async () => held.promise.then(() => end.value),
    async *between(channel, after, upTo) {
      await Promise.resolve()
      for (let seq = after + 1; seq <= upTo; seq += 1) {
        yield [{ channel, seq, text: `{"seq":${seq}}` }]
      }
    },
  }
}

interface Said {
  readonly type: string
  readonly event?: { readonly seq: number }
}

/** The server's end of a connection to nobody: keeps what is sent. */
class Line extends EventEmitter {
  readonly bufferedAmount = 0
  readonly sent: Said[] = []
  send(text: string, sent: () => void): void {
    this.sent.push(JSON.parse(text) as Said)
    sent()
  }
  closedWith: number | undefined
  ping(): void {}
  close(code: number): void {
    this.closedWith = code
    this.emit('close')
  }
  terminate(): void {}
  says(message: object): void {
    this.emit('message', Buffer.from(JSON.stringify(message)), false)
  }
}

/** A session of one client whose ecosystem stands where the archive says. */
function sessionOver(archive: Archive): {
  readonly line: Line
  readonly feed: LiveFeed
  readonly start: () => Promise<void>
} {
  const feed = new LiveFeed(archive, () => undefined)
  const line = new Line()
  const limit = { messagesMax: 100, lengthMax: 10_000 }
  const socket = new LiveSocket(
    line,
    { subject: 'a', role: 'user', epoch: 0, signedInAtS: 0 },
    limit,
  )
  const session = new Session(socket, 'here', {
    feed,
    archive,
    resumeMax: 10,
    messagesPerSMax: 20,
    reconnection,
    initialState: async () => Promise.resolve({ characters: [] }),
    onError: () => undefined,
  })
  return { line, feed, start: () => session.start(undefined) }
}

test('what a client says before it was greeted is answered after the greeting', async () => {
  const archive = heldArchive({ value: 3 })
  const { line, feed, start } = sessionOver(archive)
  const starting = start()
  line.says({ type: 'ping' })
  line.says({ type: 'resume', last_seq: 2 })
  archive.release()
  await starting
  await expect
    .poll(() => line.sent.map(({ type }) => type), poll)
    .toEqual(['connection', 'initial_state', 'pong', 'resuming', 'ecosystem_event'])
  feed.stop()
})

test('of resumes that come while one is read only the newest is read, and nothing twice', async () => {
  const archive = heldArchive({ value: 3 })
  const reading = Promise.withResolvers<void>()
  const asked: number[] = []
  const { line, feed, start } = sessionOver({
    lastSeq: (channel) => archive.lastSeq(channel),
    async *between(channel, after, upTo) {
      asked.push(after)
      await reading.promise
      yield* archive.between(channel, after, upTo)
    },
  })
  archive.release()
  await start()
  for (const last_seq of [0, 2, 0, 1]) line.says({ type: 'resume', last_seq })
  await expect.poll(() => asked, poll).toEqual([0])
  reading.resolve()
  await expect.poll(() => line.sent.at(-1)?.event?.seq, poll).toBe(3)
  expect(line.sent.flatMap(({ event }) => event?.seq ?? [])).toEqual([2, 3])
  expect(asked).toEqual([0, 1])
  feed.stop()
})

test('who says more in a second than it may is let go', async () => {
  const archive = heldArchive({ value: 0 })
  const { line, feed, start } = sessionOver(archive)
  archive.release()
  await start()
  for (let said = 1; said <= 20; said += 1) line.says({ type: 'ping' })
  expect(line.closedWith).toBeUndefined()
  // So many that no pause of the machine makes up for them.
  for (let said = 1; said <= 1_000; said += 1) line.says({ type: 'ping' })
  await expect.poll(() => line.closedWith, poll).toBe(1008)
  feed.stop()
})

test('a watcher who leaves does not end what another begins to hear', async () => {
  const end = { value: 3 }
  const archive = heldArchive(end)
  const feed = new LiveFeed(archive, () => undefined)
  // Redis is away: what is told is looked up in the archive.
  const ear = openEar('redis://127.0.0.1:1', feed, () => undefined)
  ear.follow('here')
  const opening = feed.open('here')
  ear.follow('here')
  ear.leave('here')
  archive.release()
  await opening
  const heard: number[] = []
  feed.listen('here', ({ seq }) => heard.push(seq))
  end.value = 5
  await expect.poll(() => heard, poll).toEqual([4, 5])
  ear.leave('here')
  feed.stop()
  await ear.stop()
})

test('an allowance is spent at once, and comes back as time goes by, never more than a second of it', () => {
  const allowance = new Allowance(2)
  const covered = (nowMs: number, times: number): number =>
    Array.from({ length: times }, () => allowance.covers(nowMs)).filter(Boolean).length
  expect(covered(10_000, 5)).toBe(2)
  expect(covered(10_499, 1)).toBe(0)
  expect(covered(10_500, 2)).toBe(1)
  expect(covered(60_000, 5)).toBe(2)
})
