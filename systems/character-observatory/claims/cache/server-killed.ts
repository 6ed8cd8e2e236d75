import { claim, eventually, hold, statement } from 'etalon'
import { setScene, type Character } from '../scene.ts'

const recoversWithinMs = 10_000

interface Seen {
  readonly current_context: string | null
}

/** A server dies when it has written and before it could tell the cache: the others are told. */
claim('CHAR-T-61', { name: 'server', links: ['redis'], timeoutMs: 90_000 }, async (context) => {
  const { system, faults, sql, prove } = context
  const { owner, characters } = await setScene(system)
  const [one] = characters as [Character]
  const path = `/api/v1/characters/${one.id}`
  const further = await system.revision()
  const reader = await further.actor('owner')
  await reader.get(path).expect(200)
  await faults.during('redis', hold(statement(/^DEL observatory:generation:/)), async (fault) => {
    const change = owner.patch(path, { current_context: 'Was written' }).then(
      ({ status }) => status,
      () => 'no answer',
    )
    await fault.held()
    await system.kill()
    prove('the answer of the change', await change).equals('no answer')
    const query = 'select current_context from characters where id = $1'
    const stored = await sql.value<string>(query, [one.id])
    prove('what is stored', stored).equals('Was written')
    // What the link holds would reach Redis once it is healed.
    const isFresh = await eventually(
      async () => (await reader.get<Seen>(path).expect(200)).body.current_context === stored,
      recoversWithinMs,
    )
    prove('another server shows it', isFresh).isTrue()
  })
})
