import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres, type OwnPostgresServer } from '../../src/environment/postgres/server.ts'
import { startReaper, type Reaper } from '../../src/environment/reaper.ts'
import { plainSession } from '../../src/instruments/plain-session.ts'
import { createSql, heldStatement, type Sql } from '../../src/instruments/sql/index.ts'

let reaper: Reaper
let postgres: OwnPostgresServer
let sql: Sql
let service: Sql

beforeAll(async () => {
  reaper = await startReaper()
  const logFile = `${reaper.lease.directory}/postgres.log`
  postgres = await startPostgres({ lease: reaper.lease, logFile })
  const url = postgres.adminUrl('postgres')
  sql = createSql({ url, session: plainSession() })
  service = createSql({ url, session: plainSession() })
  await sql.run('create table account (id int primary key)')
  await sql.run('insert into account values (1), (2)')
})
afterAll(async () => {
  await Promise.all([sql.close(), service.close()])
  await reaper.release()
})

const newest = 'select id from account where id > $1 order by id desc'

test('what a request asks of a table is seen, and the request is answered', async () => {
  const answers: unknown[] = []
  const request = async (): Promise<void> => {
    answers.push(await service.rows(newest, [0]))
  }
  expect(await heldStatement(sql, { table: 'account' }, request)).toBe(newest)
  expect(answers).toEqual([[{ id: 2 }, { id: 1 }]])
})

test('of several the one that is sought', async () => {
  const request = (): Promise<unknown> =>
    Promise.all([service.value('select count(*) from account'), service.rows(newest, [1])])
  const sought = /order by/
  expect(await heldStatement(sql, { table: 'account', sought }, request)).toBe(newest)
})

test('what the request throws passes through, and the table is free', async () => {
  const request = async (): Promise<void> => {
    await service.rows(newest, [0])
    throw new Error('refused')
  }
  await expect(heldStatement(sql, { table: 'account' }, request)).rejects.toThrow('refused')
  expect(await sql.value('select count(*) from account')).toBe(2)
})
