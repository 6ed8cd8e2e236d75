import { claim } from 'etalon'
import { meeting, setScene } from '../scene.ts'
import { livePath, reading, watch } from '../watcher.ts'
import { following, lastSeq } from './telling.ts'

const clients = 40

claim(['CHAR-WS-06', 'CHAR-T-13', 'CHAR-T-23'], async ({ sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 20 })
  const elsewhere = await setScene(system, { characters: 2, actor: 'neighbour' })
  const before = await lastSeq(system, ecosystem)
  await lastSeq(system, elsewhere.ecosystem)
  const { headers } = owner
  const crowd = await sockets.crowd(livePath(ecosystem), { clients, headers, reading })
  const neighbour = await watch({ sockets, system }, elsewhere.owner, elsewhere.ecosystem)
  await neighbour.message('initial_state')

  const meetings = characters.map((one, place) =>
    meeting(one, characters[(place + 1) % characters.length] ?? one),
  )
  // Neighbours may wait for each other's locks, and commit in any order.
  await Promise.all(meetings.map((body) => owner.post('/api/v1/interactions', body).expect(201)))
  const events = 3 * meetings.length
  await crowd.published(following(before, events))
  const account = await crowd.until(events)
  prove('events that some client lacks', account.missing).isEmpty()
  prove('events that came twice', account.duplicated).isEmpty()
  prove('events out of the common order', account.reordered).isEmpty()
  prove('events that differ from client to client', account.differing).isEmpty()
  prove('events that are not of this ecosystem', account.unexpected).isEmpty()

  const [here, there] = elsewhere.characters
  if (here === undefined || there === undefined) throw new RangeError('nobody is elsewhere')
  await elsewhere.owner.post('/api/v1/interactions', meeting(here, there)).expect(201)
  const [first] = await neighbour.events(1)
  prove('who began what is heard elsewhere', first?.data['initiator_id']).equals(here.id)
  prove('what was heard of elsewhere', (await crowd.account()).unexpected).isEmpty()
})
