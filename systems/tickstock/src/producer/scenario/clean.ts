import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'service-kit'
import { testDatabases, withClient } from '../environment/redis.ts'
import { cleanTestData, type Cleaned } from '../store/scenario.ts'

/** Where generated series are written unless somebody names a file. */
export const scenarioDirectory = join(tmpdir(), 'tickstock-scenarios')

/** What was taken away. */
export interface CleanedUp extends Cleaned {
  /** Keys in the test databases of Redis. */
  readonly redis_keys: number
  readonly files: number
}

/**
 * Takes away all that tests leave behind: test symbols with their scenarios and bars, universes for
 * tests, the test databases of Redis, and files of generated series.
 */
export async function cleanUp(sql: Sql, redisUrl: string): Promise<CleanedUp> {
  const files = await readdir(scenarioDirectory).catch(() => [])
  await rm(scenarioDirectory, { recursive: true, force: true })
  const keys = await emptyTestDatabases(redisUrl)
  const [cleaned] = await cleanTestData(sql)
  if (cleaned === undefined) throw new Error('cleaning up gave no counts')
  return { ...cleaned, redis_keys: keys, files: files.length }
}

async function emptyTestDatabases(url: string): Promise<number> {
  let count = 0
  for (const database of testDatabases) {
    count += await withClient(url, database, async (client) => {
      const size = await client.dbSize()
      await client.flushDb()
      return size
    })
  }
  return count
}
