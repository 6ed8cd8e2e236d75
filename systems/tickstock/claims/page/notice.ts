import { claim, eventually, type Sql } from 'etalon'
import { looksWell, openPage, spaced, type Page, type Seat } from '../page.ts'

const channel = 'tickstock.scenario.loaded'

claim('TICK-UI-02', { timeoutMs: 120_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  const viewer = await system.actor('viewer')
  await tell(sql, 3)
  await taken(sql)
  // While the consumer is down, nothing that the page asks for is answered.
  const allow = [/ERR_CONNECTION_/, /ERR_EMPTY_RESPONSE/, /WebSocket connection/]
  const page = await openPage({ browser }, '/ui/notifications', { as: viewer, allow })
  const seat = { ...context, page }
  await shows(seat, 'Live')
  await page.evaluate(markPage)
  await tell(sql, 5)
  prove('what is told shows at once', await showsAll(seat)).isEmpty()
  await readsAsSentences(seat)

  await system.kill()
  await shows(seat, 'Reconnecting')
  await tell(sql, 20)
  await system.startAgain()
  await shows(seat, 'Live')
  prove('after the consumer was away', await showsAll(seat)).isEmpty()
  await browser.shows('that it caught up', page.getByText(/^Caught up with \d+ notifications$/))

  await page.context().setOffline(true)
  await shows(seat, 'Offline')
  await browser.shows('that the page is offline', page.getByText('You are offline'))
  await tell(sql, 10)
  await taken(sql)
  await page.context().setOffline(false)
  await shows(seat, 'Live')
  prove('after the page was away', await showsAll(seat)).isEmpty()
  prove('the page was never loaded again', await page.evaluate(isMarked)).isTrue()
  await filters(seat)
  await looksWell(seat, '/ui/notifications')
})

let told = 0

/** Tells of so many scenarios, each with another number of bars. */
async function tell(sql: Sql, count: number): Promise<void> {
  await sql.run(
    `insert into outbox (channel, event_type, payload)
     select $1, 'scenario_loaded',
       jsonb_build_object('scenario', 'page_told', 'symbol', 'TEST_PAGE_TOLD', 'bars', n)
     from generate_series($2::int, $3::int) as n`,
    [channel, told + 1, told + count],
  )
  told += count
}

/** Waits until everything told was taken in. */
async function taken(sql: Sql): Promise<void> {
  await eventually(async () => (await noted(sql)).length >= told, 15_000)
}

async function noted(sql: Sql): Promise<readonly { seq: number; bars: number }[]> {
  return sql.rows(
    `select seq::int as seq, (message -> 'payload' ->> 'bars')::int as bars
     from consumer.notices where channel = $1
       and message -> 'payload' ->> 'scenario' = 'page_told' order by seq desc`,
    [channel],
  )
}

async function shows({ browser, page }: Seat, phase: string): Promise<void> {
  const badge = page.getByRole('status', { name: 'Connection' })
  await browser.shows(`the connection: ${phase}`, badge.getByText(phase), { withinMs: 20_000 })
}

/** What of the channel is missing, doubled or out of order on the page, once it has come to rest. */
async function showsAll({ sql, page }: Seat): Promise<unknown[]> {
  await taken(sql)
  const expected = (await noted(sql)).map(({ seq }) => seq)
  let shown: number[] = []
  await eventually(async () => {
    shown = await shownSeqs(page)
    return shown.slice(0, expected.length).join() === expected.join()
  }, 10_000)
  const doubled = shown.filter((seq, at) => shown.indexOf(seq) !== at)
  const missing = expected.filter((seq) => !shown.includes(seq))
  const isOrdered = shown.every((seq, at) => at === 0 || seq < (shown[at - 1] ?? 0))
  return [
    ...missing.map((seq) => `missing ${seq}`),
    ...doubled.map((seq) => `doubled ${seq}`),
    ...(isOrdered ? [] : [`out of order: ${shown.join()}`]),
  ]
}

async function shownSeqs(page: Page): Promise<number[]> {
  const more = page.getByRole('button', { name: 'Show more' })
  while ((await more.count()) > 0) await more.click()
  const lines = page.locator(`.notice[data-channel="${channel}"]`)
  return (await lines.evaluateAll(readSeqs)).map(Number)
}

/** A message that counts 1,500 changes and names two of them. */
const manyChanges = {
  universe: 'top_2000',
  change_count: 1_500,
  added_count: 1_200,
  removed_count: 300,
  actions: [
    { action: 'removed', symbol: 'OUT', reason: 'too small' },
    { action: 'added', symbol: 'IN', reason: 'large enough' },
  ],
}

async function readsAsSentences({ sql, page, browser, prove }: Seat): Promise<void> {
  await sql.run(`select publish_message('tickstock.universe.updated', 'universe_updated', $1)`, [
    JSON.stringify(manyChanges),
  ])
  await browser.shows(
    'all changes of a message that names some',
    page.getByText('Top 2000: 1,200 added, 300 removed'),
  )
  const [newest] = await noted(sql)
  const first = page.locator(`.notice[data-channel="${channel}"]`).first()
  const text = spaced(await first.innerText())
  prove('the newest notice', text).satisfies('a sentence about it', (said) =>
    said.startsWith(`Scenario Page told was loaded ${newest?.bars} bars as TEST_PAGE_TOLD`),
  )
  const list = await page.getByRole('list', { name: /^Notifications/ }).innerText()
  prove('raw data among the notices', list.match(/[{}]|"\w+":/g) ?? []).isEmpty()
}

async function filters({ page, sql, browser, prove }: Seat): Promise<void> {
  await sql.run(
    `insert into outbox (channel, event_type, payload) values
       ('tickstock.universe.validation_complete', 'validation_complete', '{"universes": []}')`,
  )
  await browser.shows('a notice of another channel', page.getByText('0 universes validated'))
  await page.getByLabel('Channel').selectOption({ label: 'Validation' })
  await page.locator(`.notice[data-channel="${channel}"]`).first().waitFor({ state: 'detached' })
  const channels = await page.locator('.notice').evaluateAll(readChannels)
  prove('channels that the filter leaves', [...new Set(channels)]).equals([
    'tickstock.universe.validation_complete',
  ])
}

interface Line {
  readonly dataset: Readonly<Record<string, string>>
}

/** These run in the page. */
function readSeqs(lines: readonly unknown[]): string[] {
  return (lines as readonly Line[]).map(({ dataset }) => dataset['seq'] ?? '')
}

function readChannels(lines: readonly unknown[]): string[] {
  return (lines as readonly Line[]).map(({ dataset }) => dataset['channel'] ?? '')
}

function markPage(): void {
  Object.assign(globalThis, { wasNeverLeft: true })
}

function isMarked(): boolean {
  return 'wasNeverLeft' in globalThis
}
