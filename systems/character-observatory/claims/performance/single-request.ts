import { claim } from 'etalon'
import { makeCharacter, meeting } from '../scene.ts'
import { placeOf } from './place.ts'

const quiet = { isolation: 'quiet', timeoutMs: 120_000 } as const
const iterations = 60

claim('CHAR-PERF-07', quiet, async ({ system, timing, prove }) => {
  const { owner, ecosystem, characters } = await placeOf(system)
  const one = (round: number): string => `/api/v1/characters/${characters[7 * round]}`
  const list = await timing.repeat({ iterations }, () =>
    owner.get(`/api/v1/ecosystems/${ecosystem}/characters`).expect(200),
  )
  const relationships = await timing.repeat({ iterations }, (round) =>
    owner.get(`${one(round)}/relationships`).expect(200),
  )
  const messages = await timing.repeat({ iterations }, (round) =>
    owner.get(`${one(round)}/messages`).expect(200),
  )
  prove('average of a page of characters', list.mean()).isBelow(12, 'ms')
  prove('average of the relationships of one', relationships.mean()).isBelow(35, 'ms')
  prove('average of the messages of one', messages.mean()).isBelow(45, 'ms')
})

claim('CHAR-PERF-08', quiet, async ({ system, timing, prove }) => {
  const { owner, ecosystem, characters } = await placeOf(system)
  const at = (index: number): string => characters[index % characters.length] as string
  const ways = (round: number): string => `graph/path?from=${at(round)}&to=${at(3 * round + 500)}`
  const near = (round: number): string => `characters/${at(7 * round)}/neighbours?depth=3`
  // Of 80 the longest bounds the P95. The slowest has 124, of which the third longest does, so that
  // a pause or two do not leave it open.
  const queries = [
    { name: 'the way from one to another, of 1,000', samples: 80, path: ways },
    { name: 'who is within three steps', samples: 80, path: near },
    {
      name: 'the whole network, 5,000 relationships',
      samples: 124,
      path: () => `ecosystems/${ecosystem}/graph`,
    },
  ]
  for (const { name, samples, path } of queries) {
    const timed = await timing.repeat({ iterations: samples, warmUp: 5 }, (round) =>
      owner.get(`/api/v1/${path(round)}`).expect(200),
    )
    prove(`P95 of ${name}`, timed.quantile(0.95)).isBelow(95, 'ms')
  }
})

claim('CHAR-PERF-09', quiet, async ({ system, timing, prove }) => {
  const { owner, characters } = await placeOf(system)
  const { body: room } = await owner
    .post<{ id: string }>('/api/v1/ecosystems', { name: 'A room for newcomers' })
    .expect(201)
  const created = await timing.repeat({ iterations }, (round) =>
    makeCharacter(owner, room.id, `Newcomer ${round}`),
  )
  const pairAt = (place: number): [{ id: string }, { id: string }] => [
    { id: characters[2 * place] as string },
    { id: characters[2 * place + 1] as string },
  ]
  const met = await timing.repeat({ iterations }, (round) =>
    owner.post('/api/v1/interactions', meeting(...pairAt(round))).expect(201),
  )
  prove('average of a new character', created.mean()).isBelow(45, 'ms')
  prove('average of an interaction', met.mean()).isBelow(85, 'ms')
  // There is no update of a relationship but by an interaction, so that all of one is held to it.
  prove('average of an update of a relationship, and all around it', met.mean()).isBelow(25, 'ms')
})
