import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { watch } from '../watcher.ts'
import { lastSeq } from './telling.ts'

claim(
  ['CHAR-T-12', 'CHAR-WS-02', 'CHAR-WS-04', 'CHAR-API-06'],
  async ({ sockets, system, prove }) => {
    const { owner, ecosystem, characters } = await setScene(system)
    const [one, other] = characters as [Character, Character]
    await lastSeq(system, ecosystem)
    const watcher = await watch({ sockets, system }, owner, ecosystem)
    const first = await watcher.hear()
    const second = await watcher.hear()
    prove('the first message', { ...first }).holds({
      type: 'connection',
      status: 'connected',
      ecosystem_id: ecosystem,
    })
    prove('the second', second?.type).equals('initial_state')
    const shown = second?.['characters'] as readonly object[] | undefined
    prove('characters in it', shown?.length).equals(2)
    await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
    const events = await watcher.events(3)
    prove('types of the events', events.map(({ type }) => type).join()).equals(
      'character_interaction,relationship_change,character_state_change',
    )
    const before = first?.['seq'] as number
    prove('their numbers', events.map(({ seq }) => seq - before).join()).equals('1,2,3')
    prove('their fields', Object.keys(events[0] ?? {}).join()).equals('id,seq,type,timestamp,data')
  },
)
