import { claim } from 'etalon'
import { makeCharacter, meeting, setScene, type Character } from '../scene.ts'
import { watch } from '../watcher.ts'
import { lastSeq } from './telling.ts'

claim(['CHAR-WS-05', 'CHAR-T-16'], async ({ sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  await lastSeq(system, ecosystem)
  const watcher = await watch({ sockets, system }, owner, ecosystem)
  await owner.post('/api/v1/interactions', meeting(one, other, 'conflict')).expect(201)
  await owner.post(`/api/v1/characters/${one.id}/rest`).expect(200)
  await owner.patch(`/api/v1/characters/${one.id}`, { description: 'Is older.' }).expect(200)
  const third = await makeCharacter(owner, ecosystem, 'A third')
  await owner.delete(`/api/v1/characters/${third.id}`).expect(204)
  const events = await watcher.events(7)
  prove(
    'types, in the order in which it happened',
    events.map(({ type }) => type),
  ).equals([
    'character_interaction',
    'relationship_change',
    'character_state_change',
    'energy_recovered',
    'character_state_change',
    'character_created',
    'character_deleted',
  ])
  prove('the kind of the interaction', events[0]?.data['interaction_type']).equals('conflict')
  const isKnown = events.every(({ timestamp }) => !Number.isNaN(Date.parse(timestamp)))
  prove('each has a moment', isKnown).isTrue()
})
