import { inTransaction } from 'service-kit'
import { lastTradingDay, tradingDaysUntil } from '../../calendar/last-trading-day.ts'
import { channels } from '../../message/channel.ts'
import type { Producer } from '../producer.ts'
import { publish } from '../publication.ts'
import { sectors } from '../reference/sector.ts'
import { findEtfs, updateCorrelations } from '../store/correlation.ts'

/** What every ETF is held against, beside the ETF of its own sector. */
export const marketBenchmarks = ['SPY', 'IWM'] as const

/** Trading days. */
const windows = [60, 252] as const

/** A correlation that is further than this from what was told last is told. */
const threshold = 0.1

export interface CorrelationUpdate {
  readonly as_of: string
  /** Pairs of ETF and benchmark, counted once for each window. */
  readonly wanted: number
  /** Those that were new or differ from before. */
  readonly written: number
  readonly told: number
}

/**
 * Correlates every ETF with SPY, IWM and the ETF of its sector over 60 and 252 trading days, up to
 * the latest that has closed, and tells of those that have moved away from what was told last.
 */
export async function correlateEtfs({
  pool,
  clock,
}: Pick<Producer, 'pool' | 'clock'>): Promise<CorrelationUpdate> {
  const asOf = lastTradingDay(clock.now())
  // A window of returns takes the close of the day before it as well.
  const days = tradingDaysUntil(asOf, Math.max(...windows) + 1)
  return inTransaction(pool, async (tx) => {
    const pairs = (await findEtfs(tx)).flatMap(({ symbol, sector }) =>
      benchmarksOf(symbol, sector).map((benchmark) => ({ symbol, benchmark })),
    )
    const written = await updateCorrelations(
      tx,
      pairs.map(({ symbol }) => symbol),
      pairs.map(({ benchmark }) => benchmark),
      days,
      windows,
      threshold,
    )
    const far = written.filter(({ is_far }) => is_far)
    for (const { symbol, benchmark, window_days, before, after } of far) {
      const payload = { symbol, benchmark, window_days, before, after, as_of: asOf }
      await publish(tx, channels.correlationUpdate, 'correlation_update', payload)
    }
    const wanted = pairs.length * windows.length
    return { as_of: asOf, wanted, written: written.length, told: far.length }
  })
}

function benchmarksOf(symbol: string, sector: string | null): string[] {
  const ofSector = sectors.find(({ name }) => name === sector)?.benchmark
  return [...marketBenchmarks, ...(ofSector ? [ofSector] : [])].filter((one) => one !== symbol)
}
