import { claim, type ClaimContext, eventually, type Sql } from 'etalon'
import { cellsOf, looksWell, openPage, type Page, type Seat } from '../page.ts'

const channel = 'tickstock.scenario.loaded'

claim('TICK-UI-05', { timeoutMs: 90_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  await tell(sql, 30)
  const operator = await system.actor('operator')
  const opening = openPage({ browser }, '/ui/messages', { as: operator })
  const [page] = await Promise.all([opening, givenUp(sql)])
  const seat = { ...context, page }
  prove('the channel at rest', await comesToShow(seat, await settled(sql))).isTrue()
  prove('latency of the channel', (await rowOf(page))[3] ?? '').matches(/^[\d.,]+ m?s$/)
  await tell(sql, 20)
  const flows = async (): Promise<boolean> => Number.parseFloat((await rowOf(page))[1] ?? '') > 0
  prove('the rate of the channel shows while it flows', await eventually(flows, 10_000)).isTrue()
  await seesDeadLetter(seat)
  await seesLag(seat)
  await notForViewers(context)
  await looksWell(seat, '/ui/messages')
})

async function tell(sql: Sql, count: number): Promise<void> {
  await sql.run(
    `insert into outbox (channel, event_type, payload)
     select $1, 'scenario_loaded',
       jsonb_build_object('scenario', 'page_counted', 'symbol', 'TEST_PAGE_COUNTED', 'bars', n)
     from generate_series(1, $2::int) as n`,
    [channel, count],
  )
}

/** Tells what cannot be taken in, and waits until it was given up. */
async function givenUp(sql: Sql): Promise<void> {
  const count = (): Promise<number> =>
    sql.value<number>('select count(*)::int from consumer.dead_letters where channel = $1', [
      channel,
    ])
  const before = await count()
  await sql.run(
    `insert into outbox (channel, event_type, payload)
     values ($1, 'scenario_loaded', '{"bars": "none"}')`,
    [channel],
  )
  await eventually(async () => (await count()) > before, 20_000)
}

interface Figures {
  readonly told: number
  readonly read: number
  readonly lag: number
  readonly dead: number
}

/** What the database says of the channel, once everything told was taken in. */
async function settled(sql: Sql): Promise<Figures> {
  const read = (): Promise<Figures> =>
    sql.one<Figures>(
      `select (select max(seq)::int from outbox where channel = $1) as told,
         (select last_seq::int from consumer.cursors where channel = $1) as read,
         0 as lag,
         (select count(*)::int from consumer.dead_letters where channel = $1) as dead`,
      [channel],
    )
  const unsent = (): Promise<number> =>
    sql.value<number>(
      'select count(*)::int from outbox where channel = $1 and published_at is null',
      [channel],
    )
  await eventually(async () => {
    // Looked at first: what has no number yet is not among those told.
    if ((await unsent()) > 0) return false
    const { told, read: cursor } = await read()
    return told === cursor
  }, 15_000)
  return read()
}

const rowOf = async (page: Page): Promise<string[]> =>
  (await cellsOf(page, 'Channels')).find(([name]) => name?.endsWith(channel)) ?? []

/** Whether the page comes to show these figures by itself. */
function comesToShow({ page }: Seat, { told, read, lag, dead }: Figures): Promise<boolean> {
  const expected = [told, read, lag, dead].map((value) => value.toLocaleString('en-GB'))
  return eventually(async () => {
    const row = await rowOf(page)
    return [row[4], row[5], row[6], row[9]].join() === expected.join()
  }, 15_000)
}

async function seesDeadLetter({ sql, page, prove }: Seat): Promise<void> {
  const letter = await sql.one<{ stream_id: string; reason: string }>(
    'select stream_id, reason from consumer.dead_letters order by created_at desc limit 1',
  )
  const [row] = await cellsOf(page, 'Dead letters')
  prove('the newest dead letter', row?.slice(0, 3)).equals([
    'Scenarios',
    letter.stream_id,
    letter.reason.replaceAll(/\s+/g, ' ').trim(),
  ])
}

/** The reader is kept from noting how far it has come; meanwhile 40 messages are told. */
async function seesLag(seat: Seat): Promise<void> {
  const { sql, page, prove } = seat
  const before = await settled(sql)
  const isShown = await sql.session(async (session) => {
    await session.run('begin')
    await session.run('lock table consumer.cursors in share row exclusive mode')
    await tell(sql, 40)
    const shown = await comesToShow(seat, { ...before, told: before.told + 40, lag: 40 })
    await session.run('rollback')
    return shown
  })
  prove('what waits shows while it waits', isShown).isTrue()
  const total = page.getByRole('region', { name: 'Lag' }).locator('.figure')
  prove('and is gone later', await comesToShow(seat, await settled(sql))).isTrue()
  prove('all that waits', await total.innerText()).equals('0')
}

async function notForViewers({ system, browser, prove }: ClaimContext): Promise<void> {
  const viewer = await system.actor('viewer')
  const page = await openPage({ browser }, '/ui/messages', { as: viewer })
  await browser.shows('that it is not for viewers', page.getByText(/no such page for you/))
  const links = await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link')
    .allInnerTexts()
  prove('what viewers are led to', links).equals([
    'Universes',
    'Overlap',
    'Notifications',
    'Synchronization',
    'Scenarios',
  ])
}
