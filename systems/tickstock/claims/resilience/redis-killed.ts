import { claim } from 'etalon'
import { recoverFrom } from './recovery.ts'

claim('TICK-RES-02', { isolation: 'exclusive', timeoutMs: 600_000 }, (context) =>
  recoverFrom('redis', context),
)
