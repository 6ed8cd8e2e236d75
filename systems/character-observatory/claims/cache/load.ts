import { claim } from 'etalon'
import { costOfMix } from './mixed-load.ts'

claim(['CHAR-CACHE-02', 'CHAR-PERF-13'], { timeoutMs: 120_000 }, async (context) => {
  const { system, random, prove, note } = context
  const without = await system.another({ CACHE: 'false' })
  // The same mix twice: streams of the same label begin alike. Each counts what is its own.
  const [cached, plain] = await Promise.all([
    costOfMix(system, random.fork('mix')),
    costOfMix(without, random.fork('mix')),
  ])
  note('one mix, with the cache and without it', { cached, plain })
  const reads = cached.cacheReads + cached.databaseReads
  prove('reads that could be answered from the cache', reads).isAtLeast(1_000)
  prove('answered from it when it is off', plain.cacheReads).equals(0)
  prove('share answered from the cache', cached.cacheReads / reads).isAtLeast(0.78, 'share')
  const relief = 1 - cached.statements / plain.statements
  prove('share of the statements that the database is spared', relief).isAtLeast(0.65, 'share')
})
