import { channels } from '../../message/channel.ts'
import { publishAll } from '../publication.ts'
import { findChangesBySymbol, findNewListings, lockUniverse } from '../store/sync-universe.ts'
import { assignmentsOf, newForDays } from './assignment.ts'
import { isSectorKey, sectorUniverse } from './justification.ts'
import type { Task, TaskWork } from './task.ts'
import { applyChange } from './universe-change.ts'

/** Assigns new symbols that are not assigned to the universes of their size, sector and type. */
export const ipoAssignment: Task = {
  name: 'ipo_assignment',
  after: [],
  async do(work) {
    const listings = await findNewListings(work.sql, work.today, newForDays, work.runId)
    const assigned = listings.flatMap(({ market_cap: marketCap, ...listing }) =>
      assignmentsOf({ ...listing, marketCap }).map((assignment) => ({
        symbol: listing.symbol,
        ...assignment,
      })),
    )
    for (const [key, members] of Map.groupBy(assigned, (each) => each.key)) {
      const reasons = new Map(members.map(({ symbol, reason }) => [symbol, reason]))
      await add(work, key, reasons)
    }
    const found = new Set(assigned.map(({ symbol }) => symbol))
    const isUnassigned = ({ symbol, keys }: (typeof listings)[number]): boolean =>
      keys.length === 0 && !found.has(symbol)
    return { unassigned: listings.filter(isUnassigned).length }
  },
  async tell(tx, { runId }) {
    const changes = await findChangesBySymbol(tx, runId, 'ipo_assignment')
    await publishAll(tx, channels.ipoAssignment, 'ipo_assignment', changes)
  },
}

async function add(
  work: TaskWork,
  key: string,
  reasons: ReadonlyMap<string, string>,
): Promise<void> {
  await work.transaction(async (tx) => {
    const [universe] = await lockUniverse(tx, key)
    await applyChange(tx, work, 'ipo_assignment', {
      key,
      symbols: [...(universe?.symbols ?? []), ...reasons.keys()],
      reason: 'new listing',
      reasons,
      ...(universe === undefined && isSectorKey(key) ? sectorUniverse : {}),
    })
  })
}
