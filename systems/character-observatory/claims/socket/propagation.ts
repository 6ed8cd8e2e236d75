import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { watch } from '../watcher.ts'

claim(['CHAR-T-12', 'CHAR-WS-02', 'CHAR-WS-04'], async ({ system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  const watcher = await watch(system, owner, ecosystem)
  const first = await watcher.next()
  const second = await watcher.next()
  prove('the first message', first.type).equals('connection')
  prove('the second', second.type).equals('initial_state')
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  const events = await watcher.events(3)
  prove('types of the events', events.map(({ type }) => type).join()).equals(
    'character_interaction,relationship_change,character_state_change',
  )
  const before = first['seq'] as number
  prove('their numbers', events.map(({ seq }) => seq - before).join()).equals('1,2,3')
  watcher.close()
})
