import { EventEmitter } from 'node:events'
import { LiveFeed, LiveSocket, type Archive } from 'service-kit'
import { expect, test } from 'vitest'
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

/** The server's end of a connection to nobody: keeps what is sent. */
class Line extends EventEmitter {
  readonly bufferedAmount = 0
  readonly sent: { readonly type: string }[] = []
  send(text: string, sent: () => void): void {
    this.sent.push(JSON.parse(text) as { readonly type: string })
    sent()
  }
  ping(): void {}
  close(): void {}
  terminate(): void {}
  says(message: object): void {
    this.emit('message', Buffer.from(JSON.stringify(message)), false)
  }
}

test('what a client says before it was greeted is answered after the greeting', async () => {
  const archive = heldArchive({ value: 3 })
  const feed = new LiveFeed(archive, () => undefined)
  const line = new Line()
  const limit = { messagesMax: 10, lengthMax: 10_000 }
  const socket = new LiveSocket(line, { subject: 'a', role: 'user' }, limit)
  const session = new Session(socket, 'here', {
    feed,
    archive,
    resumeMax: 10,
    reconnection,
    initialState: async () => Promise.resolve({ characters: [] }),
    onError: () => undefined,
  })
  const starting = session.start(undefined)
  line.says({ type: 'ping' })
  line.says({ type: 'resume', last_seq: 2 })
  archive.release()
  await starting
  await expect
    .poll(() => line.sent.map(({ type }) => type), poll)
    .toEqual(['connection', 'initial_state', 'pong', 'resuming', 'ecosystem_event'])
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
