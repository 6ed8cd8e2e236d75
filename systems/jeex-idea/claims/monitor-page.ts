import type { Actor } from 'etalon'
import type { Browser, PageOptions } from 'etalon/browser'
import type { DashboardFigures } from './monitor.ts'

/** A page in the browser, as Playwright drives it. */
type Page = Awaited<ReturnType<Browser['page']>>

/** The monitoring page, and the last answer that it was made from. */
export interface MonitorPage {
  readonly page: Page
  readonly told: () => DashboardFigures | undefined
}

/** Opens the monitoring page and waits until its figures show. */
export async function openMonitor(
  browser: Browser,
  operator: Actor,
  options: PageOptions = {},
): Promise<MonitorPage> {
  const page = await browser.page({ ...options, as: operator })
  let told: DashboardFigures | undefined
  page.on('response', (response) => {
    if (!response.url().endsWith('/database/monitoring/dashboard')) return
    response.json().then(
      (body: DashboardFigures) => (told = body),
      () => undefined,
    )
  })
  await page.goto('/')
  await page.getByRole('heading', { name: 'Alerts' }).waitFor()
  return { page, told: () => told }
}

/** Everything that a reader sees of a card: its badge, its figure, its terms. */
type Card = Readonly<Record<string, string>>

/** What the cards of the page show, by their titles, all of one moment. */
export async function shownCards(page: Page): Promise<Record<string, Card>> {
  const cards = await page.locator('.card').evaluateAll(readCards)
  return Object.fromEntries(cards)
}

/** What the cards have to show. */
export function expectedCards(told: DashboardFigures): Record<string, Card> {
  const { pool, queries, requests, users, database, redis, backup } = told
  const statuses = Object.entries(requests.by_status)
  return {
    'Connection pool': {
      meter: `${number(pool.in_use)} in use of 50 (${percent(pool.use_percent)})`,
      Open: number(pool.connections),
      'Of them overflow': number(pool.overflow),
      Waiting: number(pool.waiting),
      Efficiency: percent(pool.efficiency * 100),
      Reuse: percent(pool.reuse * 100),
      'Wait on average': milliseconds(pool.wait_ms_average),
      Failures: number(pool.failures),
    },
    Queries: {
      badge: `${(queries.p95_ms ?? 0) > 100 ? 'Above' : 'Within'} 100 ms`,
      figure: milliseconds(queries.p95_ms),
      Median: milliseconds(queries.p50_ms),
      P99: milliseconds(queries.p99_ms),
      Statements: number(queries.count),
      'Above 250 ms': number(queries.slow.length),
    },
    Requests: {
      badge: `${percent(requests.error_percent)} errors`,
      figure: number(tenths(requests.per_second)),
      'Concurrent users': number(users.concurrent),
      P95: milliseconds(requests.p95_ms),
      Failed: number(requests.failed),
      'Refused for overload': number(requests.refused),
      'By status': statuses.map(([status, count]) => `${status}: ${number(count)}`).join(', '),
    },
    Database: {
      badge: database.up ? 'Up' : 'Down',
      figure: milliseconds(database.latency_ms),
      PostgreSQL: database.version ?? '–',
      Size: bytes(database.size_bytes ?? 0),
      Connections: number(database.connections ?? 0),
      'Circuit breaker': database.breaker === 'closed' ? 'Closed' : database.breaker,
      'Breaker opened': '0 times',
      Redis: redis.up ? 'Up' : 'Down',
    },
    Backups: {
      'Last completed': moment(backup.last_completed_at),
      'Last full': moment(backup.last_full_at),
      'Next full': moment(backup.next_full_at),
      'Next incremental': moment(backup.next_incremental_at),
    },
  }
}

/** A size as the page writes it. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const step = Math.floor(Math.log10(Math.max(1, count)) / 3)
  return `${number(tenths(count / 1_000 ** step))} ${units[step]}`
}

const tenths = (value: number): number => Math.round(value * 10) / 10
const percent = (value: number): string => `${number(tenths(value))}%`

function number(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 2 })
}

function milliseconds(value: number | null): string {
  if (value === null) return '–'
  if (value < 10) return `${number(Math.round(value * 100) / 100)} ms`
  return value < 1_000 ? `${Math.round(value)} ms` : `${number(Math.round(value / 100) / 10)} s`
}

function moment(value: string | null): string {
  if (value === null) return '–'
  const day = { day: 'numeric', month: 'short' } as const
  return new Date(value).toLocaleString('en-GB', { ...day, hour: '2-digit', minute: '2-digit' })
}

interface Node {
  readonly textContent: string | null
  querySelector(selector: string): Node | null
  querySelectorAll(selector: string): Iterable<Node>
}

/** Runs in the page. */
function readCards(elements: readonly unknown[]): [string, Record<string, string>][] {
  const spaced = (node: Node | null | undefined): string =>
    (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
  return (elements as readonly Node[]).map((card) => {
    const terms = [...card.querySelectorAll('dt')].map(spaced)
    const values = [...card.querySelectorAll('dd')].map(spaced)
    const shown: Record<string, string> = {}
    const parts = { badge: '.card-head .badge', figure: '.figure' }
    for (const [name, selector] of Object.entries(parts)) {
      const part = card.querySelector(selector)
      if (part) shown[name] = spaced(part)
    }
    const meter = [...card.querySelectorAll('.meter-text span')].map(spaced)
    if (meter.length > 0) shown['meter'] = meter.join(' ')
    for (const [at, term] of terms.entries()) shown[term] = values[at] ?? ''
    return [spaced(card.querySelector('h2')), shown]
  })
}
