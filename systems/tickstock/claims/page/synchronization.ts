import { claim, type Sql } from 'etalon'
import { command } from '../command.ts'
import {
  cellsOf,
  looksWell,
  openPage,
  pathsOf,
  readOut,
  initial,
  reasonText,
  spaced,
  type Seat,
} from '../page.ts'

interface Run {
  readonly id: string
  readonly trading_day: string
}

const taskTitles = [
  ['market_cap', 'Market capitalization'],
  ['ipo_assignment', 'New listings'],
  ['delisting_cleanup', 'Delistings'],
  ['theme_rebalance', 'Theme rebalancing'],
  ['etf_maintenance', 'ETF maintenance'],
] as const

claim('TICK-UI-03', { timeoutMs: 90_000 }, async (context) => {
  const { system, sql, browser, prove } = context
  await command(system, 'reference', 'load', '--stocks', '40')
  const ran = async (day: string): Promise<Run> => {
    const { code, result } = await command<Run>(system, 'cache-sync', 'run-now', '--day', day)
    prove(`the run of ${day}`, code).equals(0)
    return result
  }
  const first = await ran('2026-04-01')
  const second = await ran('2026-04-02')
  const operator = await system.actor('operator')
  const page = await openPage({ browser }, '/ui/synchronization', { as: operator })
  const seat = { ...context, page }
  await seesHistory(seat, [second, first])
  await page.getByRole('link', { name: '1 Apr 2026' }).click()
  await readOut(page)
  await seesRun(seat, first)
  await seesChanges(seat, first)
  await failed(sql, second)
  await page.goto(`/ui/synchronization/${second.id}`)
  await readOut(page)
  await seesFailure(seat)
  await skipped(sql, second)
  await page.reload()
  await readOut(page)
  const [gone] = await cellsOf(page, 'Runs, latest first')
  prove('a day that was skipped, and its window', [gone?.[1], gone?.[4]]).equals(['Skipped', '–'])
  await looksWell(seat, `/ui/synchronization/${first.id}`)
})

async function seesHistory({ page, prove }: Seat, runs: readonly Run[]): Promise<void> {
  const rows = await cellsOf(page, 'Runs, latest first')
  const days = rows.map(([day]) => day)
  prove('the latest runs', days.slice(0, 2)).equals(['2 Apr 2026', '1 Apr 2026'])
  const paths = await pathsOf(
    page.getByRole('table', { name: 'Runs, latest first' }).getByRole('link'),
  )
  prove('where they lead', paths.slice(0, 2)).equals(
    runs.map(({ id }) => `/ui/synchronization/${id}`),
  )
}

async function seesRun({ sql, page, prove }: Seat, { id }: Run): Promise<void> {
  const run = await sql.one<{ ms: number; counts: Readonly<Record<string, number>> }>(
    `select extract(epoch from finished_at - started_at)::float8 * 1000 as ms,
       (select coalesce(jsonb_object_agg(change_type, n), '{}') from (
          select change_type, count(*) as n from sync_changes_log where run_id = $1 group by 1
        ) as counted) as counts
     from sync_runs where id = $1`,
    [id],
  )
  const card = page.locator('.run-card')
  prove('how long it took', await card.locator('.figure').innerText()).equals(duration(run.ms))
  const left = `${Math.round((1_800_000 - run.ms) / 6_000) / 10} min left`
  const parts = ['of a window of 30 min', left]
  const shownWindow = spaced(await card.locator('.run-window').innerText())
  prove(
    'what the page does not say of the window',
    parts.filter((part) => !shownWindow.includes(part)),
    { witness: shownWindow },
  ).isEmpty()
  const shown = await card.locator('.task').evaluateAll(readTasks)
  prove(
    'its tasks',
    shown.map(({ name, title, badge, words }) => [name, title, badge, words.split(',')[0]]),
  ).equals(
    taskTitles.map(([name, title]) => {
      const count = run.counts[name] ?? 0
      return [name, title, 'Completed', `${count} ${count === 1 ? 'change' : 'changes'}`]
    }),
  )
}

async function seesChanges({ sql, page, prove }: Seat, { id }: Run): Promise<void> {
  const changes = await sql.rows<{ symbol: string; action: string; reason: string }>(
    `select symbol, action, reason from sync_changes_log where run_id = $1 order by id limit 15`,
    [id],
  )
  const rows = await cellsOf(page, 'Changes of the run')
  prove('changes', changes.length).isAtLeast(10)
  prove(
    'the changes, each with its reason',
    rows.map(([symbol, action, , reason]) => [symbol, action, reason]),
  ).equals(
    changes.map(({ symbol, action, reason }) => [symbol, initial(action), reasonText(reason)]),
  )
}

/** As a run looks that lost a task and its window. */
async function failed(sql: Sql, { id }: Run): Promise<void> {
  await sql.run(
    `update sync_runs set status = 'partial', within_window = false, alert = 'The window is over',
       finished_at = started_at + interval '31 minutes',
       task_results = jsonb_set(jsonb_set(task_results, '{theme_rebalance,status}', '"failed"'),
         '{theme_rebalance,error}', '"no bars of this day"')
     where id = $1`,
    [id],
  )
}

/** As a run looks whose day nobody told. */
async function skipped(sql: Sql, { id }: Run): Promise<void> {
  await sql.run(
    `update sync_runs set status = 'skipped', within_window = false, finished_at = started_at,
       task_results = '{}' where id = $1`,
    [id],
  )
}

async function seesFailure({ page, browser, prove }: Seat): Promise<void> {
  const card = page.locator('.run-card')
  await browser.shows('the alert', card.getByRole('alert').getByText('The window is over'))
  prove('how long it took', await card.locator('.figure').innerText()).equals('31 min')
  const task = card.locator('[data-task="theme_rebalance"]')
  prove('the task that failed', spaced(await task.innerText())).matches(
    /no bars of this day.*Failed$/,
  )
  const [run] = await cellsOf(page, 'Runs, latest first')
  prove('the run in the history', run?.slice(1, 2)).equals(['Completed in part'])
  prove('its window', run?.[4]).equals('Beyond')
}

interface Node {
  readonly textContent: string | null
  readonly dataset: Readonly<Record<string, string>>
  getAttribute(name: string): string | null
  querySelector(selector: string): Node | null
}

interface ShownTask {
  readonly name: string
  readonly title: string
  readonly badge: string
  readonly words: string
}

/** Runs in the page. */
function readTasks(tasks: readonly unknown[]): ShownTask[] {
  const textOf = (task: Node, selector: string): string =>
    task.querySelector(selector)?.textContent ?? ''
  return (tasks as readonly Node[]).map((task) => ({
    name: task.dataset['task'] ?? '',
    title: textOf(task, 'strong'),
    badge: textOf(task, '.badge'),
    words: textOf(task, '.muted'),
  }))
}

/** A short duration as the page writes it. */
function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`
}
