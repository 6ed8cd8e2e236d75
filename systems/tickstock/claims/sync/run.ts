import { type Actor, claim, type Sql } from 'etalon'
import { openTheme } from './market.ts'
import { eventfulDay, eventfulRun, happenings, settledMarket } from './scene.ts'
import {
  changesOf,
  lastPosition,
  messagesSince,
  synchronize,
  tasks,
  type Run,
  type TaskRecord,
} from './synchronization.ts'

claim('TICK-SYN-02', async ({ sql, prove }) => {
  const run = await eventfulRun(sql)
  const results = tasks.map((task) => run.task_results[task])
  prove('how the tasks ended', statuses(run)).equals(Array(5).fill('completed'))
  prove(
    'tasks without anything to do',
    results.filter((each) => each?.changes === 0),
  ).isEmpty()
  const times = results.flatMap((each) => [each?.started_at ?? '', each?.finished_at ?? ''])
  prove('one began after the other had ended', times).equals(times.toSorted())
  const types = (await changesOf(sql, run)).map(({ change_type }) => change_type)
  prove('the order of what they changed', [...new Set(types)]).equals([...tasks])
})

claim('TICK-SYN-02', { name: 'partial' }, async ({ system, sql, prove }) => {
  await settledMarket(sql)
  await happenings(sql)
  await openTheme(sql, 'broken', ['GROWA'], { min_volume: 'many' })
  const position = await lastPosition(sql)
  const run = await synchronize(sql, eventfulDay)
  prove('the run with one task that fails', run.status).equals('partial')
  prove('how the tasks ended', statuses(run)).equals([
    'completed',
    'completed',
    'completed',
    'failed',
    'skipped',
  ])
  const [told] = await messagesSince(sql, position, 'tickstock.cache.sync_complete')
  prove('what was told of it', told).holds({ run_id: run.id, status: 'partial' })
  prove('what a person has to look at', run.alert).equals(
    'not done: theme_rebalance, etf_maintenance',
  )
  const errorTo = async (actor: Actor): Promise<(string | null)[]> => {
    const { body } = await actor.get<RunView>(`/sync/runs/${run.id}`).expect(200)
    return body.tasks.flatMap(({ status, error }) => (status === 'failed' ? [error] : []))
  }
  prove('why, to a viewer', await errorTo(await system.actor('viewer'))).equals([null])
  prove('why, to an operator', String(await errorTo(await system.actor('operator')))).matches(
    /many/,
  )
})

claim('TICK-SYN-10', async ({ system, sql, prove }) => {
  const run = await eventfulRun(sql)
  const viewer = await system.actor('viewer')
  const changes = await allChanges(viewer, run)
  prove('changes', changes.length).isAtLeast(10)
  const incomplete = changes.filter(
    ({ change_type, universe, symbol, action, reason, metadata, created_at }) =>
      !tasks.some((task) => task === change_type) ||
      [universe, symbol, action, reason].includes('') ||
      typeof metadata !== 'object' ||
      Date.parse(created_at) < run.started_at.getTime() - 1_000,
  )
  prove('changes that lack something', incomplete).isEmpty()
  const { body } = await viewer.get<RunView>(`/sync/runs/${run.id}`).expect(200)
  prove('changes in all', body.total_changes).equals(changes.length)
  prove('the summary', body.summary).equals({
    by_type: countBy(changes, 'change_type'),
    by_action: countBy(changes, 'action'),
    by_universe: countBy(changes, 'universe'),
  })
  const reasons = new Map(changes.map(({ symbol, reason }) => [symbol, reason]))
  prove('why the stock that was delisted left', reasons.get('SAAH')).matches(/^delisted on 20/)
  prove('why the ETF that is small left', reasons.get('GROWC')).matches(/assets/)
  const moved = changes.find(({ symbol, universe }) => symbol === 'SAAC' && universe === 'mega_cap')
  prove('what else is known of a stock that grew', moved).holds({
    reason: 'market cap $500,000,000,000 is in this band',
    metadata: { market_cap: 500e9 },
  })
  const filter = 'type=delisting_cleanup&action=removed&symbol=SAAH'
  const filtered = await viewer
    .get<ChangePage>(`/sync/runs/${run.id}/changes?${filter}`)
    .expect(200)
  const delisted = changes.filter(({ change_type }) => change_type === 'delisting_cleanup')
  prove('the changes of one kind', filtered.body.items).equals(delisted)
  const nobody = '/sync/runs/019aa000-0000-7000-8000-000000000000'
  prove('a run that there is not', (await viewer.get(nobody)).status).equals(404)
})

claim('TICK-DB-11', async ({ system, sql, prove }) => {
  const run = await eventfulRun(sql)
  const columns = async (table: string): Promise<string[]> => {
    const rows = await sql.rows<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_name = $1 and table_schema = 'public'`,
      [table],
    )
    return rows.map(({ name }) => name)
  }
  const missing = (found: readonly string[], wanted: string): string[] =>
    wanted.split(' ').filter((name) => !found.includes(name))
  const ofRun = 'trigger started_at finished_at status within_window task_results'
  prove('columns a run lacks', missing(await columns('sync_runs'), ofRun)).isEmpty()
  const ofChange = 'run_id change_type universe symbol action reason metadata created_at'
  prove('columns a change lacks', missing(await columns('sync_changes_log'), ofChange)).isEmpty()
  prove('what a run keeps of a task', Object.keys(run.task_results['market_cap'] ?? {})).satisfies(
    'status, times and changes',
    (names) => ['status', 'started_at', 'finished_at', 'changes'].every((it) => names.includes(it)),
  )
  const producer = system.sqlAs('producer')
  const again = `insert into sync_runs (trading_day, trigger, window_ms) values ($1, 'eod', 1)`
  prove('a second run of a day', await refusalOf(producer, again, [run.trading_day])).equals(
    'sync_runs_day',
  )
  const endless = `update sync_runs set finished_at = null where id = $1`
  prove('a run that is done without an end', await refusalOf(producer, endless, [run.id])).equals(
    'sync_runs_finished',
  )
  const groundless = `insert into sync_changes_log
    (run_id, change_type, universe, symbol, action, reason)
    values ($1, 'market_cap', 'top_100', 'SAAA', 'added', '')`
  prove('a change without a reason', await refusalOf(producer, groundless, [run.id])).equals(
    'sync_changes_log_reason_check',
  )
})

interface RunView {
  readonly total_changes: number
  readonly tasks: readonly (TaskRecord & { readonly task: string })[]
  readonly summary: object
}

interface ChangeView {
  readonly change_type: string
  readonly universe: string
  readonly symbol: string
  readonly action: string
  readonly reason: string
  readonly metadata: object
  readonly created_at: string
}

interface ChangePage {
  readonly items: readonly ChangeView[]
  readonly total: number
}

function statuses(run: Run): (string | undefined)[] {
  return tasks.map((task) => run.task_results[task]?.status)
}

async function allChanges(actor: Actor, { id }: Run): Promise<ChangeView[]> {
  const changes: ChangeView[] = []
  for (let page = 1; ; page += 1) {
    const path = `/sync/runs/${id}/changes?page=${page}&page_size=7`
    const { body } = await actor.get<ChangePage>(path).expect(200)
    changes.push(...body.items)
    if (changes.length >= body.total) return changes
  }
}

function countBy(
  changes: readonly ChangeView[],
  field: 'change_type' | 'action' | 'universe',
): Record<string, number> {
  const groups = [...Map.groupBy(changes, (change) => change[field])]
  return Object.fromEntries(groups.map(([name, { length }]) => [name, length]))
}

/** The constraint that refuses a statement. */
async function refusalOf(sql: Sql, text: string, values: unknown[]): Promise<string> {
  try {
    await sql.run(text, values)
    return 'taken'
  } catch (error) {
    return String((error as { constraint?: string }).constraint)
  }
}
