import type { Sql } from 'service-kit'
import { channels } from '../../message/channel.ts'
import type { TaskName } from '../../message/sync-task.ts'
import { publish } from '../publication.ts'
import { changeUniverse } from '../store/sync-universe.ts'
import { toldChange } from '../universe/told-change.ts'
import type { TaskWork } from './task.ts'

/** What a universe is to hold. */
export interface UniverseChange {
  readonly key: string
  readonly symbols: readonly string[]
  /** Stands for the symbols that `reasons` does not name. */
  readonly reason: string
  readonly reasons?: ReadonlyMap<string, string>
  /** What the log keeps beside the reason, by symbol. */
  readonly details?: ReadonlyMap<string, object>
  readonly category?: string
  readonly metadata?: object
}

/**
 * Makes a universe hold what it is to hold, as part of a run, and tells of it in the transaction
 * `tx`. What is as it is to be is not written.
 */
export async function applyChange(
  tx: Sql,
  { runId }: Pick<TaskWork, 'runId'>,
  changeType: TaskName,
  change: UniverseChange,
): Promise<void> {
  const { key, symbols, reason, reasons = new Map(), details = new Map() } = change
  const [row] = await changeUniverse(
    tx,
    key,
    symbols,
    changeType,
    reason,
    runId,
    change.category ?? null,
    change.metadata === undefined ? null : JSON.stringify(change.metadata),
    JSON.stringify(Object.fromEntries(reasons)),
    JSON.stringify(Object.fromEntries(details)),
  )
  if (row === undefined) throw new Error('change_universe gave nothing')
  const told = toldChange(key, row.change, (symbol) => reasons.get(symbol) ?? reason)
  if (told.change_count === 0) return
  await publish(tx, channels.universeUpdated, 'universe_updated', told)
}
