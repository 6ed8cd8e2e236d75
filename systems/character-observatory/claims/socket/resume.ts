import { claim, environment } from 'etalon'
import { setScene, type Character } from '../scene.ts'
import { watch, type ObservedEvent } from '../watcher.ts'
import { changeOften, lastSeq } from './telling.ts'

const resumeMax = 5

const seqsOf = (events: readonly ObservedEvent[]): number[] => events.map(({ seq }) => seq)

/** Ten resumes, of which the newest counts. */
const atOnce = (last: number): readonly number[] => [...Array<number>(9).fill(0), last]

claim(['CHAR-WS-12', 'CHAR-T-15'], async ({ sockets, system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 1 })
  const [one] = characters as [Character]
  await lastSeq(system, ecosystem)
  const watcher = await watch({ sockets, system }, owner, ecosystem)
  await changeOften(owner, one, 2)
  const last = seqsOf(await watcher.events(2)).at(-1) as number
  watcher.cut()
  await changeOften(owner, one, 3)
  const back = await watch({ sockets, system }, owner, ecosystem, last)
  await changeOften(owner, one, 2)
  const missed = [1, 2, 3, 4, 5].map((place) => last + place)
  prove('what one hears who comes back', seqsOf(await back.events(5))).equals(missed)
  back.say({ type: 'resume', last_seq: last })
  await back.message('resuming')
  prove('what one hears again who asks for it', seqsOf(await back.events(5))).equals(missed)
  for (const last_seq of atOnce(last)) back.say({ type: 'resume', last_seq })
  for (const _resume of atOnce(last)) await back.message('resuming')
  prove('what one hears who asks ten times at once', seqsOf(await back.events(5))).equals(missed)
  await changeOften(owner, one, 1)
  prove('and after it', seqsOf(await back.events(1))).equals([last + 6])

  const ahead = last + 1_000_000
  const early = await watch({ sockets, system }, owner, ecosystem, ahead)
  const toldEarly = await early.message('resync_required')
  prove('the answer to a number that was never told', toldEarly?.type).equals('resync_required')
  prove('such a one is let go', (await early.ended())?.code).equals(1013)
  back.say({ type: 'resume', last_seq: ahead })
  const toldBack = await back.message('resync_required')
  prove('the answer to who asks for what comes after it', toldBack?.type).equals('resync_required')

  const forgetful = await system.revision(environment({ RESUME_MAX: String(resumeMax) }))
  const late = await watch({ sockets, system: forgetful }, owner, ecosystem, last)
  const told = await late.message('resync_required')
  prove('the answer to one who missed too much', told?.type).equals('resync_required')
  prove('it is let go, to begin anew', (await late.ended())?.code).equals(1013)
  const near = await watch({ sockets, system: forgetful }, owner, ecosystem, last + 1)
  prove('one who missed less', seqsOf(await near.events(5))).equals(
    [2, 3, 4, 5, 6].map((place) => last + place),
  )
})
