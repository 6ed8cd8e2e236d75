import { pageFields, pageSchema, pageWindow, toPage, uuid, type App } from 'service-kit'
import { z } from 'zod'
import { taskNames } from '../../message/sync-task.ts'
import type { Consumer } from '../consumer.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import {
  changeActions,
  runChange,
  runDetail,
  runRow,
  runStatuses,
  triggers,
} from '../schema/sync.ts'
import { symbolText, universeKey } from '../schema/universe.ts'
import {
  countChanges,
  countRuns,
  findRun,
  readChanges,
  readRuns,
  summarizeRun,
  type RunRecord,
} from '../store/sync.ts'

const tags = ['Synchronization']
const config = { access: { roles } }
const params = z.object({ id: uuid })

/** Runs of the synchronizer: how they went, and what they changed for which reason. */
export function syncRoutes(app: App, { pool }: Consumer): void {
  app.get(
    '/sync/runs',
    {
      config,
      schema: {
        tags,
        summary: 'Runs of the synchronizer, the newest first',
        querystring: z.strictObject({
          ...pageFields,
          status: z.enum(runStatuses).optional(),
          trigger: z.enum(triggers).optional(),
        }),
        response: { 200: pageSchema(runRow) },
      },
    },
    async ({ query, identity }) => {
      const { limit, offset } = pageWindow(query)
      const filter = [query.status, query.trigger] as const
      const runs = await readRuns(pool, ...filter, limit, offset)
      const items = runs.map((run) => shownTo(identity?.role, run))
      return toPage(query, items, async () => (await countRuns(pool, ...filter))[0]?.total ?? 0)
    },
  )

  app.get(
    '/sync/runs/:id',
    {
      config,
      schema: {
        tags,
        summary: 'One run with its changes counted by type, action and universe',
        params,
        response: { 200: runDetail },
      },
    },
    async ({ params: { id }, identity }) => {
      const [run] = await findRun(pool, id)
      if (run === undefined) throw fail('TICK_SYNC_RUN_UNKNOWN')
      return { ...shownTo(identity?.role, run), summary: summaryOf(await summarizeRun(pool, id)) }
    },
  )
  changeRoute(app, pool)
}

function changeRoute(app: App, pool: Consumer['pool']): void {
  app.get(
    '/sync/runs/:id/changes',
    {
      config,
      schema: {
        tags,
        summary: 'What a run changed, with the reason of each change',
        params,
        querystring: z.strictObject({
          ...pageFields,
          type: z.enum(taskNames).optional(),
          action: z.enum(changeActions).optional(),
          universe: universeKey.optional(),
          symbol: symbolText.optional(),
        }),
        response: { 200: pageSchema(runChange) },
      },
    },
    async ({ params: { id }, query }) => {
      const { limit, offset } = pageWindow(query)
      const filter = [id, query.type, query.action, query.universe, query.symbol] as const
      const changes = await readChanges(pool, ...filter, limit, offset)
      if (changes.length === 0 && (await findRun(pool, id)).length === 0) {
        throw fail('TICK_SYNC_RUN_UNKNOWN')
      }
      return toPage(query, changes, async () => {
        const [count] = await countChanges(pool, ...filter)
        return count?.total ?? 0
      })
    },
  )
}

/** A run as somebody may see it: why a task failed is for operators. */
function shownTo(role: string | undefined, run: RunRecord): z.input<typeof runRow> {
  const { task_results: results, ...facts } = run
  const tasks = taskNames.flatMap((task) => {
    const result = results[task]
    if (result === undefined) return []
    const { status, started_at, finished_at, changes, error } = result
    return {
      task,
      status,
      started_at,
      finished_at,
      duration_ms: durationMs(started_at, finished_at),
      changes,
      error: role === 'operator' ? error : null,
    }
  })
  return { ...facts, total_changes: tasks.reduce((sum, { changes }) => sum + changes, 0), tasks }
}

function durationMs(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : Date.parse(to) - Date.parse(from)
}

function summaryOf(
  rows: Awaited<ReturnType<typeof summarizeRun>>,
): z.input<typeof runDetail>['summary'] {
  const by = (field: 'change_type' | 'action' | 'universe'): Record<string, number> =>
    Object.fromEntries(
      rows.flatMap((row) => (row[field] === null ? [] : [[row[field], row.changes] as const])),
    )
  return { by_type: by('change_type'), by_action: by('action'), by_universe: by('universe') }
}
