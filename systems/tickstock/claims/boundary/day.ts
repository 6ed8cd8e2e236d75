import { eventually, type Sql, type SystemHandle } from 'etalon'
import { command } from '../command.ts'

const patienceMs = 20_000

/**
 * Has universes change and be looked at: an expansion, whose messages the consumer hears, and
 * somebody who reads what it made.
 */
export async function changeAndLook(system: SystemHandle, sql: Sql): Promise<void> {
  await expandAnew(system, sql)
  const viewer = await system.actor('viewer')
  await viewer.get('/universes').expect(200)
  await viewer.get('/universes/etf_bonds').expect(200)
}

/** An expansion that has something to tell, whatever was there before, until all of it was heard. */
export async function expandAnew(system: SystemHandle, sql: Sql): Promise<void> {
  await sql.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
  const { code, stderr } = await command(system, 'etf-universe', 'expand', '--theme', 'bonds')
  if (code !== 0) throw new Error(`the expansion failed: ${stderr}`)
  if (!(await isHeard(sql))) throw new Error('what the expansion told was not heard')
}

/** Waits until the consumer has heard everything that was said; gives whether it has. */
export async function isHeard(sql: Sql, timeoutMs = patienceMs): Promise<boolean> {
  const isAll = async (): Promise<boolean> =>
    (await sql.value<number>(
      `select count(*) from outbox where not exists (
         select from consumer.notices where notices.message_id = outbox.id)`,
    )) === 0
  return eventually(isAll, timeoutMs)
}
