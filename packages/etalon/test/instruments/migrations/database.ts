import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { startPostgres, type OwnPostgresServer } from '../../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../../src/environment/reaper.ts'
import { createMigrations, type Migrations } from '../../../src/instruments/migrations/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'

/** A server for the tests of a file, with databases as they are asked for. */
export interface TestServer {
  /** Makes an empty database. */
  database(): Promise<TestDatabase>
}

export interface TestDatabase {
  readonly url: string
  readonly migrations: Migrations
  readonly run: (text: string) => Promise<unknown[]>
}

export function testServer(): TestServer {
  let reaper: Reaper
  let server: OwnPostgresServer
  let folder: string
  let made = 0

  beforeAll(async () => {
    folder = mkdtempSync(join(os.tmpdir(), 'etalon-migrations-'))
    reaper = await startReaper()
    server = await startPostgres({ lease: reaper.lease, logFile: join(folder, 'postgres.log') })
    await ask(server.adminUrl('postgres'), 'create role reader; create role writer')
  })
  afterAll(async () => {
    await reaper.release()
    rmSync(folder, { recursive: true })
  })
  return {
    database: async () => {
      made += 1
      const name = `test_${made}`
      await ask(server.adminUrl('postgres'), `create database ${name}`)
      const url = server.adminUrl(name)
      const migrations = createMigrations({ url, session: plainSession('test') })
      return { url, migrations, run: (text) => ask(url, text) }
    },
  }
}

export async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows as unknown[]
  } finally {
    await client.end().catch(() => {})
  }
}
