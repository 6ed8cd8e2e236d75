import { claim, environment } from 'etalon'
import { setScene } from '../scene.ts'
import { livePath, reading, watch } from '../watcher.ts'

const queueMax = 20
const events = 200
/** So many are told at once: less than a connection may have waiting. */
const burst = 5
/** More than a connection's buffers on both sides hold, in all. */
const eventBytes = 100_000

claim('CHAR-WS-11', { timeoutMs: 60_000 }, async ({ sockets, system, sql, prove }) => {
  const narrow = await system.revision(environment({ SOCKET_QUEUE_MAX: String(queueMax) }))
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const { headers } = owner
  const slow = await watch({ sockets, system: narrow }, owner, ecosystem)
  await slow.message('initial_state')
  const url = `${narrow.url}${livePath(ecosystem)}`
  const quick = await sockets.crowd(url, { clients: 3, headers, reading })
  slow.stopReading()
  for (let told = burst; told <= events; told += burst) {
    await sql.run(
      `insert into events (ecosystem_id, type, data)
       select $1, 'character_state_change', jsonb_build_object('text', repeat('x', $2))
       from generate_series(1, $3)`,
      [ecosystem, eventBytes, burst],
    )
    // As fast as the quick ones hear it, so that nobody but the slow one has anything waiting.
    await quick.until(told)
  }
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
})
