import { createClient } from '@redis/client'
import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

/** What the source document says, in seconds. */
const saidS = { character: 300, relationships: 120, ecosystem: 600, session: 1_800 } as const
const kinds = ['character', 'relationships', 'ecosystem', 'session'] as const

/** Seconds that may have gone by since it was kept. */
const elapsedSMax = 60

claim('CHAR-CACHE-01', async ({ system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { actor: 'keeper' })
  const [one, other] = characters as [Character, Character]
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  await owner.get(`/api/v1/characters/${one.id}`).expect(200)
  await owner.get(`/api/v1/characters/${one.id}/relationships`).expect(200)
  await owner.get(`/api/v1/ecosystems/${ecosystem}`).expect(200)
  const subjects = {
    character: one.id,
    relationships: one.id,
    ecosystem,
    session: String(owner.facts['id']),
  }
  const redis = createClient({ url: system.services.redis.url })
  await redis.connect()
  try {
    for (const kind of kinds) {
      const keys = await redis.keys(`observatory:${kind}:${subjects[kind]}*`)
      prove(`answers kept of the ${kind}`, keys.length).equals(1)
      const leftS = await redis.ttl(keys[0] ?? 'none')
      const atLeastS = saidS[kind] - elapsedSMax
      prove(`seconds that the ${kind} is kept for`, leftS).isBetween(atLeastS, saidS[kind])
    }
  } finally {
    redis.destroy()
  }
})
