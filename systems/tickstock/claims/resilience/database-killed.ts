import { claim } from 'etalon'
import { recoverFrom } from './recovery.ts'

claim('TICK-RES-01', { durability: 'honest', timeoutMs: 600_000 }, async (context) => {
  // Before it recovers it makes the disk hold what was written: all at once, not file by file.
  await context.sql.run(`alter system set recovery_init_sync_method = 'syncfs'`)
  await recoverFrom('postgres', context)
})
