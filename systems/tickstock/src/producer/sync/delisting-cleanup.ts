import { channels } from '../../message/channel.ts'
import { publishAll } from '../publication.ts'
import { findChangesBySymbol, findDelisted, lockUniverse } from '../store/sync-universe.ts'
import type { Task } from './task.ts'
import { applyChange } from './universe-change.ts'

/** Takes symbols that trade no more out of every universe. That they were in it stays on record. */
export const delistingCleanup: Task = {
  name: 'delisting_cleanup',
  after: [],
  async do(work) {
    for (const { key, symbols, reasons } of await findDelisted(work.sql)) {
      const gone = new Set(symbols)
      await work.transaction(async (tx) => {
        const [universe] = await lockUniverse(tx, key)
        await applyChange(tx, work, 'delisting_cleanup', {
          key,
          symbols: (universe?.symbols ?? []).filter((symbol) => !gone.has(symbol)),
          reason: 'no longer active',
          reasons: new Map(Object.entries(reasons)),
        })
      })
    }
    return {}
  },
  async tell(tx, { runId }) {
    const changes = await findChangesBySymbol(tx, runId, 'delisting_cleanup')
    await publishAll(tx, channels.delistingCleanup, 'delisting_cleanup', changes)
  },
}
