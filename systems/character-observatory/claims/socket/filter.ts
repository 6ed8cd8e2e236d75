import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { watch } from '../watcher.ts'
import { lastSeq } from './telling.ts'

claim('CHAR-WS-07', async ({ sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
  const [one, other, third] = characters as [Character, Character, Character]
  await lastSeq(system, ecosystem)
  const byType = await watch({ sockets, system }, owner, ecosystem)
  const byCharacter = await watch({ sockets, system }, owner, ecosystem)
  byType.say({ type: 'subscribe', event_types: ['relationship_change', 'character_deleted'] })
  byCharacter.say({ type: 'subscribe', character_ids: [third.id] })
  await byType.message('subscribed')
  await byCharacter.message('subscribed')
  // Words may name anybody; only who takes part is concerned.
  const words = `Do you know ${third.id}?`
  await owner.post('/api/v1/interactions', meeting(one, other, 'chat', words)).expect(201)
  await owner.post('/api/v1/interactions', meeting(other, third)).expect(201)
  await owner.delete(`/api/v1/characters/${third.id}`).expect(204)

  const ofTypes = await byType.events(3)
  prove(
    'what one hears who asked for two types',
    ofTypes.map(({ type }) => type),
  ).equals(['relationship_change', 'relationship_change', 'character_deleted'])
  const ofCharacter = await byCharacter.events(4)
  prove(
    'what one hears who asked for a character',
    ofCharacter.map(({ type }) => type),
  ).equals([
    'character_interaction',
    'relationship_change',
    'character_state_change',
    'character_deleted',
  ])
  const seqs = ofCharacter.map(({ seq }) => seq)
  prove('none of it is of the two others', seqs[0]).equals((ofTypes[0]?.seq ?? 0) + 2)
})
