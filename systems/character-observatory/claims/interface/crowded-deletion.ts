import { claim } from 'etalon'
import { crowdEcosystem } from '../crowded-ecosystem.ts'

/** What is left in a table of an ecosystem that was deleted. */
const tables = ['characters', 'character_relationships', 'interactions', 'conversations', 'events']

claim('CHAR-API-02', { name: 'crowded', timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  // What an hour at the rate that the document names leaves behind.
  const { ecosystem, characters } = await crowdEcosystem(sql, String(owner.facts['id']), {
    characters: 1_000,
    relationships: 5_000,
    interactions: 12_500,
  })
  const character = await owner.delete(`/api/v1/characters/${characters[0]}`)
  prove('deleting a character that many know', character.status).equals(204)
  const path = `/api/v1/ecosystems/${ecosystem}`
  prove('deleting an ecosystem after an hour of use', (await owner.delete(path)).status).equals(204)
  prove('asking for it then', (await owner.get(path)).status).equals(404)
  const left: Record<string, number> = {}
  for (const table of tables) {
    const rows = `select count(*)::integer from ${table} where ecosystem_id = $1`
    left[table] = await sql.value<number>(rows, [ecosystem])
  }
  left['messages'] = await sql.value<number>(
    'select count(*)::integer from messages where sender_id = any ($1::uuid[])',
    [characters],
  )
  prove('rows that are left of it', left).equals(
    Object.fromEntries([...tables, 'messages'].map((table) => [table, 0])),
  )
})
