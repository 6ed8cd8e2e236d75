import type { Pool } from 'pg'
import { inTransaction, type Clock } from 'service-kit'
import type { ReferenceProvider } from '../reference/provider.ts'
import { upsertEtfs, upsertSymbols } from '../store/reference.ts'

/** Rows that were new or had changed. */
export interface LoadedReference {
  readonly symbols: number
  readonly etfs: number
}

/**
 * Brings symbols and figures of ETFs up to what the provider says, with its name and the time beside
 * every value. What has not changed is not written.
 */
export async function loadReference(
  { pool, clock }: { readonly pool: Pool; readonly clock: Clock },
  provider: ReferenceProvider,
): Promise<LoadedReference> {
  const symbols = await provider.symbols()
  const etfs = await provider.etfs(
    symbols.filter(({ type }) => type === 'ETF').map(({ symbol }) => symbol),
  )
  const asOf = clock.now()
  return inTransaction(pool, async (tx) => {
    const [listed] = await upsertSymbols(tx, JSON.stringify(symbols), provider.source, asOf)
    const [described] = await upsertEtfs(tx, JSON.stringify(etfs), provider.source, asOf)
    return { symbols: listed?.count ?? 0, etfs: described?.count ?? 0 }
  })
}
