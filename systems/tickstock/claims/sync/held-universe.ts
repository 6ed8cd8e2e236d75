import { eventually, type Sql, type SystemHandle } from 'etalon'
import { runsOf } from './synchronization.ts'

/** Lets a statement of the producer wait as long as a claim may hold it up on a busy machine. */
export const patience = { STATEMENT_TIMEOUT_MS: '30000' }

/** Starts the producer again with {@link patience}. */
export async function startPatiently(system: SystemHandle): Promise<void> {
  await system.kill('producer')
  await system.startAgain('producer', patience)
}

/** Does work while nobody can change a universe: a synchronization stands before it. */
export async function whileHeld(sql: Sql, key: string, work: () => Promise<void>): Promise<void> {
  await sql.session(async (holding) => {
    await holding.run('begin')
    await holding.run('select from cache_entries where cache_key = $1 for update', [key])
    await work()
    await holding.run('commit')
  })
}

/** Waits until the run of a day is at a task. @throws Error when it does not come there */
export async function untilTaskRuns(sql: Sql, day: string, task: string): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const [run] = await runsOf(sql, day)
    return run?.task_results[task]?.status === 'running' && (await waits(sql))
  }
  if (await eventually(isThere, 20_000)) return
  throw new Error(`the synchronization of ${day} did not come to ${task}`)
}

/** Whether somebody waits for a row that is held. */
function waits(sql: Sql): Promise<boolean> {
  return sql.value<boolean>('select exists (select from pg_locks where not granted)')
}
