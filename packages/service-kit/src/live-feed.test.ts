import { describe, expect, test, vi } from 'vitest'
import { LiveFeed, type Archive, type Told } from './live-feed.ts'

const told = (seq: number): Told => ({ channel: 'a', seq, text: `${seq}` })

/** An archive that has the numbers 1 to `end`, and fails as often as it is told to. */
function archiveUpTo(end: { value: number }, failures = { left: 0 }): Archive {
  const fail = (): void => {
    if (failures.left === 0) return
    failures.left -= 1
    throw new Error('away')
  }
  return {
    async *between(_channel, after, upTo) {
      fail()
      for (let seq = after + 1; seq <= Math.min(upTo, end.value); seq += 1) yield [told(seq)]
    },
    lastSeq: async () => {
      fail()
      return Promise.resolve(end.value)
    },
  }
}

async function opened(archive: Archive): Promise<{ feed: LiveFeed; heard: number[] }> {
  const feed = new LiveFeed(archive, () => undefined)
  await feed.open('a')
  const heard: number[] = []
  feed.listen('a', ({ seq }) => heard.push(seq))
  return { feed, heard }
}

describe('a live feed', () => {
  test('begins where the channel stands, and hands on what is heard after that', async () => {
    const { feed, heard } = await opened(archiveUpTo({ value: 3 }))
    for (const seq of [3, 4, 5, 5, 4]) feed.hear(told(seq))
    expect(heard).toEqual([4, 5])
    expect(feed.position('a')).toBe(5)
  })

  test('fills a gap from the archive before it goes on', async () => {
    const end = { value: 0 }
    const { feed, heard } = await opened(archiveUpTo(end))
    end.value = 4
    feed.hear(told(3))
    feed.hear(told(4))
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3, 4]), { timeout: 30_000 })
  })

  test('asks an archive that is away until it answers', async () => {
    const end = { value: 0 }
    const failures = { left: 0 }
    const { feed, heard } = await opened(archiveUpTo(end, failures))
    failures.left = 2
    end.value = 2
    feed.look()
    await vi.waitFor(() => expect(heard).toEqual([1, 2]), { timeout: 30_000 })
  })

  test('passes over what is not valid, and counts its number', async () => {
    const { feed, heard } = await opened(archiveUpTo({ value: 0 }))
    feed.hear(told(1), false)
    feed.hear(told(2))
    expect(heard).toEqual([2])
  })

  test('a channel that is not open is not followed', async () => {
    const { feed, heard } = await opened(archiveUpTo({ value: 0 }))
    feed.hear({ channel: 'b', seq: 1, text: '1' })
    feed.close('a')
    feed.hear(told(1))
    expect(heard).toEqual([])
    expect(feed.hasListeners('a')).toBe(false)
  })

  test('hears what is told while it asks where the channel stands', async () => {
    const end = { value: 10 }
    const asked = Promise.withResolvers<void>()
    const archive = archiveUpTo(end)
    const held = { ...archive, lastSeq: async () => asked.promise.then(() => 10) }
    const feed = new LiveFeed(held, () => undefined)
    const heard: number[] = []
    const opening = feed.open('a')
    feed.listen('a', ({ seq }) => heard.push(seq))
    end.value = 11
    feed.hear(told(11))
    asked.resolve()
    await opening
    expect(heard).toEqual([11])
  })

  test('goes on when numbers are nowhere any more', async () => {
    const archive: Archive = {
      async *between(_channel, after, upTo) {
        await Promise.resolve()
        for (let seq = Math.max(after + 1, 4); seq <= upTo; seq += 1) yield [told(seq)]
      },
      lastSeq: async () => Promise.resolve(0),
    }
    const { feed, heard } = await opened(archive)
    feed.hear(told(1))
    feed.hear(told(5))
    await vi.waitFor(() => expect(heard).toEqual([1, 4, 5]), { timeout: 30_000 })
  })

  test('does not go back with an archive that lost everything', async () => {
    const end = { value: 9 }
    const { feed, heard } = await opened(archiveUpTo(end))
    end.value = 0
    feed.look()
    feed.hear(told(10))
    await vi.waitFor(() => expect(feed.position('a')).toBe(10), { timeout: 30_000 })
    end.value = 10
    feed.hear(told(11))
    expect(heard.at(-1)).toBe(11)
  })
})
