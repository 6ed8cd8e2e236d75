import { claim, eventually } from 'etalon'
import { command } from '../command.ts'
import { expand } from '../expansion.ts'
import { cellsOf, openPage, readOut, spaced } from '../page.ts'

const key = 'etf_dividend'
const channel = 'tickstock.universe.updated'

interface Message {
  readonly id: string
  readonly seq: number
  readonly said: Date
  readonly change_count: number
}

claim('TICK-T-31', { timeoutMs: 60_000 }, async ({ system, sql, browser, prove }) => {
  await command(system, 'reference', 'load', '--stocks', '10')
  await sql.run(`select update_etf_universe('dividend', '["NOBODY"]', '{}')`)
  const viewer = await system.actor('viewer')
  const list = await openPage({ browser }, '/ui/notifications', { as: viewer })
  await browser.shows('a live connection', list.getByRole('status').getByText('Live'))
  const members = await openPage({ browser }, `/ui/universes/${key}`, { as: viewer })
  const since = await sql.value<Date>('select clock_timestamp()')

  const { code, result } = await expand(system, 'dividend')
  prove('the command', code).equals(0)
  const [universe] = result.universes
  prove('symbols that it accepted', universe?.accepted.length ?? 0).isAtLeast(3)

  const title = `Dividend ETFs: ${universe?.added.length} added, ${universe?.removed.length} removed`
  const line = list.locator(`.notice[data-channel="${channel}"]`, { hasText: title })
  await browser.shows('the notice', line, { withinMs: 5_000 })
  prove('whom it says to have left', spaced(await line.innerText())).matches(/Removed NOBODY\./)

  const message = await sql.one<Message>(
    `select id, seq::int as seq, created_at as said, (payload ->> 'change_count')::int as change_count
     from outbox where channel = $1 and payload ->> 'universe' = $2 and created_at > $3
       and published_at is not null`,
    [channel, key, since],
  )
  prove('changes that were told', message.change_count).equals((universe?.added.length ?? 0) + 1)
  prove('the number on the page', Number(await line.getAttribute('data-seq'))).equals(message.seq)
  const noted = await sql.one<{ seq: number; ms: number }>(
    `select seq::int as seq, extract(epoch from received_at - $2)::float8 * 1000 as ms
     from consumer.notices where message_id = $1`,
    [message.id, message.said],
  )
  prove('the number with which the consumer noted it', noted.seq).equals(message.seq)
  prove('until it had', noted.ms).isBetween(0, 5_000, 'ms')

  const row = await sql.one<{ symbols: string[]; isNew: boolean }>(
    `select symbols, last_universe_update at time zone 'UTC' > $2 as "isNew"
     from cache_entries where cache_key = $1`,
    [key, since],
  )
  prove('the universe in the database', row.symbols).equals(universe?.accepted.toSorted() ?? [])
  prove('when it was updated', row.isNew).isTrue()
  const shows = await eventually(async () => {
    const rows = await cellsOf(members, 'Members')
    return rows.map(([symbol]) => symbol).join() === row.symbols.slice(0, 25).join()
  }, 5_000)
  prove('the page of the universe shows it, without being loaded again', shows).isTrue()
  await line.getByRole('link').click()
  await readOut(list)
  prove('where the notice leads', new URL(list.url()).pathname).equals(`/ui/universes/${key}`)
})
