import { claim, eventually, type SystemHandle } from 'etalon'
import { addDocument } from '../document.ts'
import { openProject } from '../project.ts'
import { askRedis } from '../redis-line.ts'

/** What one user may make the service remember. */
const bounds = { addresses: 100, bodyLength: 524_288 }
const keptWithinMs = 10_000

claim(
  'JEEX-R-08',
  {
    name: 'memory',
    title: 'What is remembered of reads is bounded, and each for its own time',
    timeoutMs: 60_000,
  },
  async ({ system, prove }) => {
    const owner = await system.actor('owner:reads-much')
    const { id } = await openProject(owner)
    const page = (at: number): string => `/projects?page=${at}&per_page=1`
    const read = async (from: number, to: number): Promise<void> => {
      for (let at = from; at <= to; at += 1) await owner.get(page(at)).expect(200)
    }
    const look = (): Promise<Memory> => memoryOf(system, String(owner.facts['id']), page(1))
    const isKept = (addresses: number): Promise<boolean> =>
      eventually(async () => (await look()).addresses >= addresses, keptWithinMs)

    await read(1, 1)
    prove('what was read is remembered', await isKept(1)).isTrue()
    const first = await look()
    const sinceMs = performance.now()
    await read(2, 40)
    prove('so is what was read after it', await isKept(40)).isTrue()
    const elapsedMs = performance.now() - sinceMs
    const later = await look()
    prove('how long the first is kept, when others were read', later.leftMs).isAtMost(
      first.leftMs - elapsedMs + 50,
      'ms',
    )

    const meta_data = { text: 'x'.repeat(bounds.bodyLength) }
    const { body } = await addDocument(owner, id, { meta_data }).expect(201)
    await owner.get(`/projects/${id}/documents/${body.id}`).expect(200)
    await read(41, 41)
    prove('what was read next is remembered', await isKept(41)).isTrue()
    const grown = (await look()).bytes - later.bytes
    prove('bytes more, with a very long answer', grown).isBelow(bounds.bodyLength / 10)

    await read(42, 300)
    const isBounded = async (): Promise<boolean> => (await look()).addresses === bounds.addresses
    const settled = await eventually(isBounded, keptWithinMs)
    prove('of 300 addresses 100 are remembered', settled).isTrue()
  },
)

interface Memory {
  readonly addresses: number
  readonly bytes: number
  /** How long one of the addresses will be remembered. */
  readonly leftMs: number
}

/** However it is laid out: keys of their own, or fields of a key of the user. */
const script = `
  local addresses, bytes, left = 0, 0, -1
  for _, key in ipairs(redis.call('KEYS', '*:read:' .. ARGV[1] .. '*')) do
    local fields = redis.call('TYPE', key).ok == 'hash'
    addresses = addresses + (fields and redis.call('HLEN', key) or 1)
    bytes = bytes + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', '0')
    if fields or string.sub(key, -string.len(ARGV[2])) == ARGV[2] then
      left = redis.call('PTTL', key)
    end
  end
  return addresses .. ' ' .. bytes .. ' ' .. left`.replaceAll(/\s+/g, ' ')

/** What Redis holds of the reads of a user. */
async function memoryOf(
  { services }: SystemHandle,
  userId: string,
  address: string,
): Promise<Memory> {
  const answer = await askRedis(services.redis.url, `EVAL "${script}" 0 ${userId} ${address}`)
  const figures = /^\$\d+\r\n(\d+) (\d+) (-?\d+)\r\n$/.exec(answer)
  if (figures === null) throw new Error(`Redis answers ${answer}`)
  const [addresses = 0, bytes = 0, leftMs = 0] = figures.slice(1).map(Number)
  return { addresses, bytes, leftMs }
}
