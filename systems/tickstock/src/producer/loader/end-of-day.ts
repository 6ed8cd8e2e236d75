import { inTransaction } from 'service-kit'
import { channels } from '../../message/channel.ts'
import type { Producer } from '../producer.ts'
import { publish } from '../publication.ts'
import type { ReferenceProvider } from '../reference/provider.ts'
import { findTraded } from '../store/bar.ts'
import { loadBars, type LoadedBars } from './bars.ts'

/**
 * Loads the bars of every symbol that is traded, of so many days up to the latest that has closed,
 * and tells with `eod.complete` that this day is loaded. While a bar is missing it is not told: who
 * waits for the day works on all of it, and once.
 *
 * @throws Error where no symbol is traded, as before the reference data are loaded
 */
export async function endDay(
  producer: Producer,
  provider: ReferenceProvider,
  days: number,
): Promise<LoadedBars> {
  const symbols = (await findTraded(producer.pool)).map(({ symbol }) => symbol)
  if (symbols.length === 0) throw new Error('no symbol is traded; load the reference data first')
  const loaded = await loadBars(producer, provider, { symbols, days })
  if (loaded.incomplete.length === 0) {
    await inTransaction(producer.pool, (tx) =>
      publish(tx, channels.eodComplete, 'eod_complete', {
        trading_day: loaded.trading_day,
        symbols: loaded.symbols,
      }),
    )
  }
  return loaded
}
