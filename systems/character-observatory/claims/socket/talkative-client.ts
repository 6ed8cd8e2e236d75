import { claim } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { watch } from '../watcher.ts'
import { changeOften, lastSeq } from './telling.ts'

/** Much more than a client may say in a second. */
const times = 2_000

claim('CHAR-WS-11', { name: 'talkative' }, async ({ sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 1 })
  const [one] = characters as [Character]
  const last = await lastSeq(system, ecosystem)
  const other = await watch({ sockets, system }, owner, ecosystem, last)
  const talkative = await watch({ sockets, system }, owner, ecosystem)
  for (let time = 1; time <= times; time += 1) talkative.say({ type: 'resume', last_seq: 0 })
  prove('the end of one who says too much', (await talkative.ended())?.code).equals(1008)
  await changeOften(owner, one, 1)
  const heard = await other.events(1)
  prove(
    'what another hears then',
    heard.map(({ seq }) => seq),
  ).equals([last + 1])
})
