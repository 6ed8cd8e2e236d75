import { claim, environment } from 'etalon'
import { setScene } from '../scene.ts'
import { livePath, reading, watch } from '../watcher.ts'

const queueMax = 20
const events = 200
/** So many are told at once: less than a connection may have waiting. */
const burst = 5
/** More than a connection's buffers on both sides hold, in all. */
const eventBytes = 100_000

claim('CHAR-WS-11', { timeoutMs: 90_000 }, async ({ sockets, system, sql, prove }) => {
  const narrow = await system.revision(environment({ SOCKET_QUEUE_MAX: String(queueMax) }))
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const { headers } = owner
  const slow = await watch({ sockets, system: narrow }, owner, ecosystem)
  await slow.message('initial_state')
  const url = `${narrow.url}${livePath(ecosystem)}`
  const quick = await sockets.crowd(url, { clients: 3, headers, reading })
  let told = 0
  const tellUpTo = async (count: number): Promise<void> => {
    while (told < count) {
      await sql.run(
        `insert into events (ecosystem_id, type, data)
         select $1, 'character_state_change', jsonb_build_object('text', repeat('x', $2))
         from generate_series(1, $3)`,
        [ecosystem, eventBytes, burst],
      )
      told += burst
      // As fast as the quick ones hear it, so that nobody but the slow one has anything waiting.
      await quick.until(told)
    }
  }
  slow.stopReading()
  await tellUpTo(events)
  const account = await quick.account()
  prove('events that the others lack', account.missing).isEmpty()
  prove('events that each of the others heard', account.delivered).equals(3 * events)
  prove('others that were let go', account.cuts).equals(0)
  slow.read()
  const heard = await slow.events(events)
  prove('events that the slow one got', heard.length).isBetween(1, events - 1)
  const ordered = heard.every(({ seq }, place) => seq === (heard[0]?.seq ?? 0) + place)
  prove('they came in order, without a gap', ordered).isTrue()
  prove('it was let go', (await slow.ended()) !== undefined).isTrue()

  const back = await watch({ sockets, system: narrow }, owner, ecosystem)
  await back.message('initial_state')
  /** The last that it hears when it reads on after so many events. */
  const lastAfter = async (unread: number): Promise<string> => {
    back.stopReading()
    await tellUpTo(told + unread)
    back.read()
    for (;;) {
      const message = await back.hear()
      if (message?.event === undefined) return message?.type ?? 'nothing more'
      if (message.event.seq === told) return 'the newest event'
    }
  }
  // As much as the first one had when it was let go, and more each time: one that reads on soon
  // after there was too much is told so.
  let unread = burst * Math.ceil((heard.length + queueMax) / burst)
  let last = await lastAfter(unread)
  while (last === 'the newest event' && unread < events) {
    unread += 2 * burst
    last = await lastAfter(unread)
  }
  prove('the last that one hears for whom too much waited', last).equals('resync_required')
  prove('the code with which it is let go', (await back.ended())?.code).equals(1013)
})
