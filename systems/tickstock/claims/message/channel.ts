import { claim } from 'etalon'
import { tradingDay } from './trading-day.ts'

/** Who comes first lives the day. */
const aDay = { timeoutMs: 90_000 }

const pattern = /^tickstock\.[a-z_]+\.[a-z_]+$/

const required = [
  'tickstock.universe.updated',
  'tickstock.cache.sync_complete',
  'tickstock.etf.correlation_update',
]
const further = ['tickstock.cache.ipo_assignment', 'tickstock.cache.delisting_cleanup']
const additional = [
  'tickstock.eod.complete',
  'tickstock.scenario.loaded',
  'tickstock.universe.validation_complete',
]

claim(['TICK-RED-01', 'TICK-RED-03'], aDay, async (context) => {
  const { heard, inStreams } = await tradingDay(context)
  const { prove } = context
  for (const channel of [...required, ...further]) {
    const live = heard.filter((message) => message.channel === channel)
    prove(`messages on ${channel}`, live.length).isAtLeast(1)
    prove(`the same in its stream`, inStreams.get(channel)).equals(live.map(({ id }) => id))
  }
})

claim('TICK-RED-15', aDay, async (context) => {
  const { heard, account } = await tradingDay(context)
  const { prove } = context
  for (const channel of additional) {
    const live = heard.filter((message) => message.channel === channel)
    prove(`messages on ${channel}`, live.length).isAtLeast(1)
  }
  prove('messages on channels whose names do not fit', account.misnamed).isEmpty()
})

claim('TICK-RED-02', async ({ system, sql, messages, prove }) => {
  const producer = system.sqlAs('producer')
  const names = [
    'tickstock.universe',
    'tickstock.universe.updated.now',
    'Tickstock.universe.updated',
    'tickstock.universe.Updated',
    'tickstock.universe.updated2',
    'tickstock..updated',
    ' tickstock.universe.updated',
    'tickstock.universe.updated\n',
    'other.universe.updated',
  ]
  const heard = await messages.subscribe('*', { names: pattern, read: () => undefined })
  const taken: string[] = []
  for (const name of names) {
    const publish = `select publish_message($1, 'universe_updated', '{}')`
    const isRefused = await producer.run(publish, [name]).then(
      () => false,
      () => true,
    )
    if (!isRefused) taken.push(name)
  }
  await producer.run(
    `select publish_message('tickstock.scenario.loaded', 'scenario_loaded',
       '{"scenario": "name", "symbol": "TEST_NAME", "bars": 1}')`,
  )
  await heard.until(() => heard.account().ignored > 0)
  prove('names that do not fit and were taken', taken).isEmpty()
  prove('messages on such channels', (await heard.settled()).misnamed).isEmpty()
  const stored = await sql.value<number>(
    `select count(*) from outbox where channel !~ '^tickstock\\.[a-z_]+\\.[a-z_]+$'`,
  )
  prove('such names in the outbox', stored).equals(0)
})

claim('TICK-RED-12', aDay, async (context) => {
  const { account } = await tradingDay(context)
  context.prove('messages of another shape', account.misshapen).isEmpty()
  context.prove('messages without a sequence', account.unread).isEmpty()
})

claim('TICK-RED-13', aDay, async (context) => {
  const { heard, account, strays } = await tradingDay(context)
  const { prove } = context
  prove('messages on a channel they do not belong to', account.leaked).isEmpty()
  prove('messages about something else than their channel', strays).isEmpty()
  prove('channels that were used', new Set(heard.map(({ channel }) => channel)).size).isAtLeast(8)
})

claim('TICK-T-12', aDay, async (context) => {
  const { inbox } = await tradingDay(context)
  const { prove } = context
  prove('messages of the producer', inbox.published.ok).isAtLeast(20)
  prove('missing in the consumer', inbox.missing).isEmpty()
  prove('there twice', inbox.duplicated).isEmpty()
  prove('out of order', inbox.reordered).isEmpty()
  prove('there though never published', inbox.unexpected).isEmpty()
})
