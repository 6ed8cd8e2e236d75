import { claim, type Incoming, type MessageFacts } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { following, lastSeq } from './telling.ts'

claim('CHAR-WS-08', async ({ messages, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  const before = await lastSeq(system, ecosystem)
  const read = ({ body }: Incoming): MessageFacts | undefined => {
    const { seq, type } = body as { readonly seq: number; readonly type: string }
    return { key: '', sequence: seq, ...(type === '' ? { belongsTo: 'nowhere' } : {}) }
  }
  const own = await messages.subscribe(`ecosystem:${ecosystem}:events`, { read })
  const all = await messages.subscribe('global:character_events', { read })
  for (const heard of [own, all]) for (const told of following(before, 3)) heard.published(told)
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  const channels = { 'the ecosystem': own, 'all ecosystems': all }
  for (const [name, heard] of Object.entries(channels)) {
    const account = await heard.until(3)
    prove(`what is missing on the channel of ${name}`, account.missing).isEmpty()
    prove(`what came out of order on it`, account.reordered).isEmpty()
  }
})
