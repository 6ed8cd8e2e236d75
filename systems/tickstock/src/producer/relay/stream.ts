import { createClient, defineScript } from '@redis/client'
import { lastingConnection } from 'service-kit'
import { messageField, seqOfStreamId } from '../../message/envelope.ts'

/** A message as it goes into a stream. */
export interface Entry {
  readonly seq: number
  /** The envelope as JSON. */
  readonly text: string
  /** Whether those who listen now are told; not so when they were told before. */
  readonly tell: boolean
}

/** Some of a channel's messages, in the order of their numbers. */
export interface Batch {
  readonly channel: string
  /** Where the stream has to be at least. Behind that it has lost something and takes nothing. */
  readonly after: number
  readonly entries: readonly Entry[]
}

/** How far a stream came by a batch, or why it took no more of it. */
export type Outcome =
  | { readonly kind: 'taken'; readonly last: number }
  | { readonly kind: 'behind'; readonly last: number }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Adds messages to a stream and tells each to those who listen, in one step of the server. What
 * the stream has already is left out: an entry's id is its message's number, and numbers only grow.
 */
const addAndTell = defineScript({
  NUMBER_OF_KEYS: 1,
  SCRIPT: `
    local last = 0
    local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
    if info.err then
      if not string.find(info.err, 'no such key', 1, true) then return { 'refused', info.err } end
    else
      for at = 1, #info, 2 do
        if info[at] == 'last-generated-id' then
          last = tonumber(string.match(info[at + 1], '^%d+'))
        end
      end
    end
    if last < tonumber(ARGV[2]) then return { 'behind', last } end
    for at = 3, #ARGV, 3 do
      local seq = tonumber(ARGV[at])
      if seq > last then
        local added = redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1],
          ARGV[at] .. '-0', '${messageField}', ARGV[at + 2])
        if type(added) == 'table' and added.err then return { 'refused', added.err } end
        last = seq
        if ARGV[at + 1] == '1' then redis.call('PUBLISH', KEYS[1], ARGV[at + 2]) end
      end
    end
    return { 'taken', last }`,
  parseCommand(parser, lengthMax: number, { channel, after, entries }: Batch) {
    parser.pushKey(channel)
    parser.push(String(lengthMax), String(after))
    for (const { seq, tell, text } of entries) parser.push(String(seq), tell ? '1' : '0', text)
  },
  transformReply(reply: unknown): Outcome {
    const [kind, what] = reply as ['taken' | 'behind', number] | ['refused', string]
    return kind === 'refused' ? { kind, reason: what } : { kind, last: what }
  },
})

/** The streams, as the relay sees them. */
export type Streams = ReturnType<typeof createStreamClient>

/** A connection to the streams that is made in the background and made again when it breaks. */
export function createStreams(url: string, onError: (error: Error) => void): Streams {
  const client = createStreamClient(url)
  client.on('error', onError)
  // A connection that cannot be made yet is reported by the listener and tried again.
  void client.connect().catch(() => undefined)
  return client
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the library's
function createStreamClient(url: string) {
  return createClient({ ...lastingConnection(url), scripts: { addAndTell } })
}

/** The number of the last message that was put into a stream; 0 when there is none. */
export async function lastSeq(streams: Streams, channel: string): Promise<number> {
  try {
    const info = await streams.xInfoStream(channel)
    return seqOfStreamId(info['last-generated-id'])
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

/** The number up to which every group has acknowledged everything; none when nobody reads. */
export async function readSeq(streams: Streams, channel: string): Promise<number | undefined> {
  try {
    const groups = await streams.xInfoGroups(channel)
    const read = await Promise.all(
      groups.map(async (group) => {
        if (group.pending === 0) return seqOfStreamId(group['last-delivered-id'])
        const { firstId } = await streams.xPending(channel, group.name)
        return firstId === null
          ? seqOfStreamId(group['last-delivered-id'])
          : seqOfStreamId(firstId) - 1
      }),
    )
    return read.length === 0 ? undefined : Math.min(...read)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('no such key')
