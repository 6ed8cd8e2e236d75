import { closeCodes, type Archive, type LiveFeed, type LiveSocket, type Told } from 'service-kit'
import { z } from 'zod'
import { allChannels, type Channel } from '../../message/channel.ts'

/** More missed messages than these are not sent: a page reads the latest ones instead. */
const missedMax = 10_000

/** What a client says once it has come: what it has, and what it wants. */
const opening = z.strictObject({
  /** The last number that it has of a channel; of others it gets what comes from now on. */
  resume: z.partialRecord(z.enum(allChannels), z.int().nonnegative()),
  channels: z.array(z.enum(allChannels)).min(1).optional(),
})

type Opening = z.output<typeof opening>

/** What a session works with. */
export interface SessionParts {
  readonly feed: LiveFeed<Channel>
  readonly archive: Archive<Channel>
  readonly onError: (error: unknown) => void
}

/**
 * Serves one client: says where the channels stand, waits for what it has, sends what it missed and
 * then what is told, in order, without a gap and nothing twice.
 */
export function serveSession(socket: LiveSocket, parts: SessionParts): void {
  const positions = allChannels.map((channel) => [channel, parts.feed.position(channel)] as const)
  socket.send(JSON.stringify({ type: 'hello', positions: Object.fromEntries(positions) }))
  let hasOpened = false
  socket.onText((text) => {
    const asked = hasOpened ? undefined : openingOf(text)
    if (asked === undefined) return socket.end(closeCodes.refused, 'not understood')
    hasOpened = true
    resume(socket, parts, asked).catch((error: unknown) => {
      parts.onError(error)
      socket.resync('what was missed cannot be read now')
    })
  })
}

function openingOf(text: string): Opening | undefined {
  try {
    return opening.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

async function resume(socket: LiveSocket, parts: SessionParts, asked: Opening): Promise<void> {
  const { feed, archive } = parts
  const sent = new Map<Channel, number>()
  for (const channel of asked.channels ?? allChannels) {
    // Who is ahead of the feed has heard it elsewhere and hears nothing twice.
    sent.set(channel, asked.resume[channel] ?? feed.position(channel))
  }
  const missed = [...sent].reduce(
    (sum, [channel, last]) => sum + Math.max(0, feed.position(channel) - last),
    0,
  )
  if (missed > missedMax) return socket.resync('too far behind')

  const isLevel = ([channel, last]: readonly [Channel, number]): boolean =>
    last >= feed.position(channel)
  while (socket.isOpen) {
    const behind = [...sent].find((lane) => !isLevel(lane))
    if (behind === undefined) break
    const [channel, last] = behind
    const goal = feed.position(channel)
    for await (const page of archive.between(channel, last, goal)) {
      for (const told of page) socket.send(frameOf(told))
      await socket.drained()
      if (!socket.isOpen) return
    }
    sent.set(channel, goal)
  }

  // Nothing is awaited from here on, so nothing can be told in between.
  for (const channel of sent.keys()) {
    const stop = feed.listen(channel, (told) => {
      if (told.seq <= (sent.get(channel) ?? 0)) return
      sent.set(channel, told.seq)
      socket.send(frameOf(told))
    })
    socket.closed.addEventListener('abort', stop, { once: true })
  }
  socket.send(JSON.stringify({ type: 'live', positions: Object.fromEntries(sent) }))
}

const frameOf = ({ text }: Told): string => `{"type":"notice","notice":${text}}`
