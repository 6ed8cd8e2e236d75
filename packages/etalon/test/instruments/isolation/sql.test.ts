import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type OwnPostgresServer } from '../../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../../src/environment/reaper.ts'
import {
  createIsolation,
  type RowMatrix,
  type RowRun,
} from '../../../src/instruments/isolation/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { createSql, type Sql } from '../../../src/instruments/sql/index.ts'

let reaper: Reaper
let server: OwnPostgresServer
let folder: string
let made = 0

beforeAll(async () => {
  folder = mkdtempSync(join(os.tmpdir(), 'etalon-isolation-'))
  reaper = await startReaper()
  server = await startPostgres({ lease: reaper.lease, logFile: join(folder, 'postgres.log') })
})
afterAll(async () => {
  await reaper.release()
  rmSync(folder, { recursive: true })
})

const schema = `
  create table notes (id integer primary key, owner text not null, words text not null);
  create table clock (due_at timestamptz);
  insert into notes values (1, 'ann', 'hers'), (2, 'bob', 'his');
  alter table notes enable row level security;
  create policy own on notes using (owner = current_setting('app.who', true))
    with check (owner = current_setting('app.who', true));
  grant select, insert, update on notes to service;`

type Identities = Pick<RowMatrix, 'asOwner' | 'intruders'>

/** Tries the notes of a fresh database, after what is done to it. */
async function trial(change: string, identities: Partial<Identities> = {}): Promise<RowRun> {
  const session = plainSession()
  made += 1
  const [database, role] = [`isolation_${made}`, `service_${made}`]
  const admin = createSql({ url: server.adminUrl('postgres'), session })
  await admin.run(`create database ${database}`)
  await admin.run(`create role ${role} login`)
  await admin.close()
  const url = server.adminUrl(database)
  const inspector = createSql({ url, session })
  const named = (text: string): string => text.replaceAll(/\bservice\b/g, role)
  await inspector.run(named(schema))
  if (change !== '') await inspector.run(named(change))
  const asRole = createSql({ url, session, connections: 1 })
  await asRole.run(`set session authorization ${role}`)
  try {
    return await createIsolation(session, 'http://127.0.0.1').overSql('notes', {
      role: asRole,
      inspector,
      rules: { notes: { owner: 'owner' }, clock: { nobodys: 'the time' } },
      owner: 'ann',
      asOwner: ["set local app.who = 'ann'"],
      intruders: { bob: ["set local app.who = 'bob'"], nobody: [] },
      ...identities,
    })
  } finally {
    await closeAll(asRole, inspector)
  }
}

async function closeAll(...all: readonly Sql[]): Promise<void> {
  for (const sql of all) await sql.close()
}

test('row security that holds is shown to hold', async () => {
  const run = await trial('')
  expect(run).toMatchObject({ leaks: [], unproven: [], untried: [], unknown: [] })
  expect(run.role).toEqual({ isSuperuser: false, bypassesRowSecurity: false, owns: [] })
  const found = run.cells.filter(({ actor }) => actor === 'bob').map((cell) => cell.found)
  expect(found).toEqual([
    '0 rows',
    'refused by row security',
    '0 rows',
    'the role has no right to it',
  ])
})

test.each([
  [
    'is switched off',
    'alter table notes disable row level security',
    ['select', 'insert', 'update'],
  ],
  ['reads for all', 'create policy all_read on notes for select using (true)', ['select']],
  ['lets all be written', 'create policy all_in on notes for insert with check (true)', ['insert']],
])('row security that %s leaks', async (_what, change, operations) => {
  const { leaks } = await trial(change)
  const byBob = leaks.filter(({ actor }) => actor === 'bob')
  expect(byBob.map(({ operation }) => operation)).toEqual(
    operations.map((operation) => `${operation} notes`),
  )
})

test('a role that owns a table, or passes row security, is told of', async () => {
  const { role } = await trial('alter table clock owner to service; alter role service bypassrls')
  expect(role).toEqual({ isSuperuser: false, bypassesRowSecurity: true, owns: ['clock'] })
})

test('a table that the matrix leaves out is named', async () => {
  const { untried } = await trial('create table letters (id integer)')
  expect(untried).toEqual(['letters'])
})

test.each<Partial<Identities>>([
  { asOwner: ['set role pg_monitor'] },
  { intruders: { bob: ['set role pg_monitor'] } },
])('an identity that is refused has tried nothing: %j', async (identities) => {
  await expect(trial('', identities)).rejects.toThrow('permission denied to set role')
})

test('where the owner has no row, nothing is shown', async () => {
  const { unproven } = await trial("delete from notes where owner = 'ann'")
  expect(unproven).toHaveLength(8)
})
