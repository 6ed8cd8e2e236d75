import { claim } from 'etalon'
import { recoverFrom } from './recovery.ts'

claim('TICK-RES-01', { durability: 'honest', timeoutMs: 600_000 }, (context) =>
  recoverFrom('postgres', context),
)
