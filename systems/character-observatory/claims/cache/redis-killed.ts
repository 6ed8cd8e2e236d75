import { claim, eventually, kill, type Actor, type Sql, type SystemHandle } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

const recoversWithinMs = 10_000

interface Seen extends Character {
  readonly version: number
  readonly current_context: string | null
}

claim(
  'CHAR-T-61',
  { name: 'cache', isolation: 'exclusive', timeoutMs: 90_000 },
  async (context) => {
    const { system, faults, sql, prove } = context
    const { owner, characters } = await setScene(system, { characters: 4 })
    const [one, other, third] = characters as [Character, Character, Character]
    const further = await system.revision()
    const servers = [owner, await further.actor('owner')]
    for (const server of servers) {
      for (const { id } of characters) await server.get(`/api/v1/characters/${id}`).expect(200)
    }
    await faults.during('redis', kill(), async () => {
      prove('what the service says of Redis', await stateOfRedis(system)).equals('down')
      const met = await owner.post('/api/v1/interactions', meeting(one, other))
      prove('an interaction without Redis', met.status).equals(201)
      const change = { current_context: 'Waits for the cache' }
      const changed = await owner.patch(`/api/v1/characters/${third.id}`, change)
      prove('a change without Redis', changed.status).equals(200)
      prove('what is read older than it is', await staleOn(servers, characters, sql)).isEmpty()
    })
    prove(
      'what is read older than it is, once Redis is back',
      await staleOn(servers, characters, sql),
    ).isEmpty()
    await owner.patch(`/api/v1/characters/${one.id}`, { current_context: 'Is back' }).expect(200)
    prove('and after a further change', await staleOn(servers, characters, sql)).isEmpty()
    const isWell = await eventually(
      async () => (await stateOfRedis(system)) === 'up',
      recoversWithinMs,
    )
    prove('the service says that Redis is back', isWell).isTrue()
    const before = await answeredByCache(system)
    for (const { id } of characters) await owner.get(`/api/v1/characters/${id}`).expect(200)
    for (const { id } of characters) await owner.get(`/api/v1/characters/${id}`).expect(200)
    const hits = (await answeredByCache(system)) - before
    prove('reads that the cache answers again', hits).isAtLeast(characters.length)
  },
)

/** Characters that a server shows otherwise than they are stored. */
async function staleOn(
  servers: readonly Actor[],
  characters: readonly Pick<Character, 'id'>[],
  sql: Sql,
): Promise<object[]> {
  const stale: object[] = []
  for (const { id } of characters) {
    const stored = await sql.one<Pick<Seen, 'version' | 'interaction_count' | 'current_context'>>(
      'select version, interaction_count, current_context from characters where id = $1',
      [id],
    )
    for (const [server, actor] of servers.entries()) {
      const { body } = await actor.get<Seen>(`/api/v1/characters/${id}`).expect(200)
      const { version, interaction_count, current_context } = body
      const shown = { version, interaction_count, current_context }
      if (JSON.stringify(shown) !== JSON.stringify(stored))
        stale.push({ id, server, shown, stored })
    }
  }
  return stale
}

async function stateOfRedis({ anonymous }: SystemHandle): Promise<string | undefined> {
  const { body } = await anonymous.get<{ dependencies: Record<string, string> }>('/ready')
  return body.dependencies['redis']
}

async function answeredByCache({ anonymous }: SystemHandle): Promise<number> {
  const { body } = await anonymous.get<string>('/metrics').expect(200)
  const hits = /^observatory_cache_reads_total\{kind="character",from="cache"\} (\d+)$/m.exec(body)
  return Number(hits?.[1] ?? 0)
}
