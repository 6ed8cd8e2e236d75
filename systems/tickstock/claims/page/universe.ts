import { readFile } from 'node:fs/promises'
import { claim, type Sql } from 'etalon'
import { command } from '../command.ts'
import { expand } from '../expansion.ts'
import {
  cellsOf,
  looksWell,
  momentText,
  openPage,
  readOut,
  spaced,
  pathsOf,
  reasonText,
  type Seat,
} from '../page.ts'

const key = 'etf_bonds'

claim('TICK-UI-01', { timeoutMs: 120_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  prove('loading', (await command(system, 'reference', 'load', '--stocks', '10')).code).equals(0)
  prove('expanding', (await expand(system)).code).equals(0)
  await knownHistory(sql)
  const viewer = await system.actor('viewer')
  const page = await openPage({ browser }, '/ui/universes', { as: viewer })
  const seat = { ...context, page }
  await browsesUniverses(seat)
  await findsSymbol(seat)
  await page.getByRole('link', { name: /^Bonds ETFs/ }).click()
  await readOut(page)
  await seesUniverse(seat)
  await seesPast(seat)
  await takesTable(seat)
  await comparesTwo(seat)
  await looksWell(seat, '/ui/universes')
  await looksWell(seat, `/ui/universes/${key}`)
})

/** Two members leave, one comes, and one was there for a month of last winter. */
async function knownHistory(sql: Sql): Promise<void> {
  const { symbols } = await sql.one<{ symbols: string[] }>(
    'select symbols from cache_entries where cache_key = $1',
    [key],
  )
  const left = symbols.slice(0, 2)
  await sql.run(`select change_universe($1, $2, 'manual', 'chosen by hand', p_reasons => $3)`, [
    key,
    [...symbols.slice(2), 'ZROZ'],
    { [left[0] ?? '']: 'volume of 3900000 is below 5000000' },
  ])
  await sql.run(
    `insert into universe_members (cache_key, symbol, valid_from, valid_to)
     values ($1, 'OLDBND', '2026-01-05', '2026-02-05'), ($1, $2, '2026-01-05', '2026-03-01')`,
    [key, symbols[2]],
  )
}

async function browsesUniverses({ sql, page, prove }: Seat): Promise<void> {
  const cards = page.locator('.universe-card')
  const shown = await cards.evaluateAll(readUniverses)
  const rows = await sql.rows<Listed>(
    `select cache_key as key, symbols, liquidity_filter as filter,
       last_universe_update at time zone 'UTC' as at
     from cache_entries where universe_category = 'ETF' order by cache_key`,
  )
  prove('themes', rows.length).isAtLeast(11)
  const expected = rows.map(({ key: of, symbols, filter, at }) => ({
    path: `/ui/universes/${of}`,
    count: String(symbols.length),
    sample: symbols.slice(0, 5),
    filter: filterTexts(filter),
    updated: `Changed ${momentText(at)}`,
  }))
  const themes = shown.filter(({ path }) => path.startsWith('/ui/universes/etf_'))
  prove('the universes of themes', themes.map(tidy)).equals(expected)
  await page.getByRole('searchbox', { name: 'Search' }).fill('bond')
  await page.getByText('1 of ', { exact: false }).first().waitFor()
  prove('universes that are found', await cards.getByRole('heading').allInnerTexts()).equals([
    'Bonds ETFs',
  ])
}

async function findsSymbol({ sql, page, browser, prove }: Seat): Promise<void> {
  const { symbol, keys } = await sql.one<{ symbol: string; keys: string[] }>(
    `select symbol, array_agg(cache_key order by cache_key) as keys from universe_members
     where valid_to is null group by symbol order by count(*) desc, symbol limit 1`,
  )
  await page.getByRole('searchbox', { name: 'Search' }).fill(symbol.toLowerCase())
  await page.getByRole('button', { name: 'Look up symbol' }).click()
  const card = page.getByRole('region', { name: `Universes of ${symbol}` })
  await browser.shows('where it is', card.getByRole('link').first())
  const paths = await pathsOf(card.getByRole('link'))
  prove(`universes of ${symbol}`, paths.toSorted()).equals(keys.map((of) => `/ui/universes/${of}`))
  await page.getByRole('searchbox', { name: 'Search' }).fill('')
}

async function seesUniverse({ sql, page, prove }: Seat): Promise<void> {
  const members = await sql.rows<{ symbol: string; cost: number | null }>(
    `select symbol, expense_ratio::float8 as cost from universe_members
     left join etf_metadata using (symbol)
     where cache_key = $1 and valid_to is null order by symbol`,
    [key],
  )
  const rows = await cellsOf(page, 'Members')
  prove(
    'members, with what they cost',
    rows.map((cells) => [cells[0], cells[5]]),
  ).equals(
    members.slice(0, 25).map(({ symbol, cost }) => [symbol, cost === null ? '–' : percent(cost)]),
  )
  const changes = await sql.rows<{ symbol: string; action: string; reason: string }>(
    `select symbol, action, reason from sync_changes_log
     where universe = $1 and change_type = 'manual' order by symbol`,
    [key],
  )
  const card = page.getByRole('region', { name: 'Last change' })
  for (const [list, action] of [
    ['Added', 'added'],
    ['Removed', 'removed'],
  ] as const) {
    const lines = await card.getByRole('list', { name: list }).getByRole('listitem').allInnerTexts()
    const sign = action === 'added' ? '+' : '−'
    const expected = changes
      .filter((change) => change.action === action)
      .map(({ symbol, reason }) => `${sign} ${symbol} ${reasonText(reason)}`)
    prove(`${list.toLowerCase()} by the last change`, lines.map(spaced)).equals(expected)
  }
}

async function seesPast({ page, browser, prove }: Seat): Promise<void> {
  const card = page.getByRole('region', { name: 'As it was' })
  await card.getByLabel('At the end of').fill('2026-01-20')
  await browser.shows('the members of a winter day', card.getByText('2 members on 20 Jan 2026'))
  const left = await card.getByRole('list', { name: 'Left since' }).allInnerTexts()
  prove('left since', left.map(spaced)).equals(['OLDBND'])
  await card.getByLabel('At the end of').fill('2025-06-01')
  await browser.shows('that there were none', card.getByText('It had no members yet'))
}

async function takesTable({ sql, page, prove }: Seat): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const [head, ...lines] = text.trim().split(/\r?\n/)
  const symbols = await sql.rows<{ symbol: string }>(
    `select symbol from universe_members where cache_key = $1 and valid_to is null order by symbol`,
    [key],
  )
  prove('columns of the table', head ?? '').matches(/^symbol,name,type,sector,weight,/)
  prove(
    'symbols of the table',
    lines.map((line) => line.split(',')[0]),
  ).equals(symbols.map(({ symbol }) => symbol))
}

async function comparesTwo({ sql, page, browser, prove }: Seat): Promise<void> {
  const other = 'etf_page_copy'
  await sql.run(
    `select change_universe($1, array['ZROZ', 'NOBODY'], 'manual', 'made to be compared')`,
    [other],
  )
  await page.goto(`/ui/overlap?with=${key}&and=${other}`)
  await readOut(page)
  await browser.shows('what both have', page.getByRole('list', { name: 'In both' }))
  const shared = await page
    .getByRole('list', { name: 'In both' })
    .getByRole('listitem')
    .allInnerTexts()
  prove('in both', shared).equals(['ZROZ'])
  const count = await sql.value<number>(
    'select count(*)::int from universe_members where cache_key = $1 and valid_to is null',
    [key],
  )
  const facts = await page.locator('.facts dd').allInnerTexts()
  prove('only in one, in both, only in the other', facts.slice(0, 3)).equals([
    String(count - 1),
    '1',
    '1',
  ])
}

interface Listed {
  readonly key: string
  readonly symbols: readonly string[]
  readonly filter: Readonly<Record<string, number>>
  readonly at: Date
}

interface Shown {
  readonly path: string
  readonly count: string
  readonly sample: readonly string[]
  readonly filter: readonly string[]
  readonly updated: string
}

interface Node {
  readonly textContent: string | null
  getAttribute(name: string): string | null
  querySelector(selector: string): Node | null
  querySelectorAll(selector: string): Iterable<Node>
}

/** Runs in the page. */
function readUniverses(cards: readonly unknown[]): Shown[] {
  const textsOf = (card: Node, selector: string): string[] =>
    [...card.querySelectorAll(selector)].map((node) => node.textContent ?? '')
  return (cards as readonly Node[]).map((card) => ({
    path: card.getAttribute('href') ?? '',
    count: textsOf(card, '.figure')[0] ?? '',
    sample: textsOf(card, '.symbol'),
    filter: textsOf(card, '.filters li'),
    updated: textsOf(card, '.universe-foot')[0] ?? '',
  }))
}

const tidy = (shown: Shown): Shown => ({ ...shown, updated: spaced(shown.updated) })

const size = (value: number): string =>
  value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 })

const percent = (value: number): string =>
  `${value.toLocaleString('en-GB', { maximumFractionDigits: 2 })}%`

function filterTexts(filter: Readonly<Record<string, number>>): string[] {
  const { min_aum, min_volume, max_expense_ratio, min_liquidity_score } = filter
  return [
    min_aum !== undefined && `≥ $${size(min_aum)} assets`,
    min_volume !== undefined && `≥ ${size(min_volume)} a day`,
    max_expense_ratio !== undefined && `≤ ${max_expense_ratio}% expense`,
    min_liquidity_score !== undefined && `≥ ${min_liquidity_score} liquidity`,
  ].filter((text) => text !== false)
}
