import { beforeAll, describe, expect, test } from 'vitest'
import { createMigrations, describeDifference } from '../../../src/instruments/migrations/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { testServer, type TestDatabase } from './database.ts'

const server = testServer()
let database: TestDatabase

beforeAll(async () => {
  database = await server.database()
  await database.run(`
    create schema shop;
    create type shop.size as enum ('small', 'large');
    create domain shop.code as text check (value ~ '^[a-z]+$');
    create table shop.item (
      id integer primary key, name text not null, price numeric(8, 2) default 0,
      double_price numeric generated always as (price * 2) stored, kind shop.size);
    create table shop."Odd Name" ("Key" integer primary key);
    create index item_name on shop.item (name);
    create view shop.cheap as select id from shop.item where price < 1;
    create function shop.one() returns integer language sql as 'select 1';
    create sequence shop.ticket;
    create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
    create trigger item_touch before update on shop.item
      for each row execute function shop.touch();
    insert into shop.item (id, name, price) values (1, 'one', 1), (2, 'two', 2), (3, 'three', 3);
    insert into shop."Odd Name" values (1)`)
})

test.each([
  ['a table', 'create table shop.more (id int)', 'drop table shop.more', 'table shop.more is new'],
  [
    'the type of a column',
    'alter table shop.item alter name type varchar(50)',
    'alter table shop.item alter name type text',
    'name differs in type: text, then character varying(50)',
  ],
  [
    'a default',
    'alter table shop.item alter price set default 1',
    'alter table shop.item alter price set default 0',
    'column shop.item.price differs in default: 0, then 1',
  ],
  [
    'a column that may be null',
    'alter table shop.item alter name drop not null',
    'alter table shop.item alter name set not null',
    'column shop.item.name differs in not null: true, then nothing',
  ],
  [
    'an identity',
    'alter table shop.item alter id add generated always as identity',
    'alter table shop.item alter id drop identity',
    'column shop.item.id differs in identity: nothing, then always',
  ],
  [
    'the order of columns',
    'alter table shop.item rename kind to kind_; alter table shop.item add kind shop.size',
    'alter table shop.item drop kind; alter table shop.item rename kind_ to kind',
    'column shop.item.kind differs in position: 5, then 6',
  ],
  [
    'a constraint',
    'alter table shop.item add constraint positive check (price >= 0) not valid',
    'alter table shop.item drop constraint positive',
    'constraint shop.item.positive is new',
  ],
  [
    'what an index covers',
    'drop index shop.item_name; create index item_name on shop.item (name, price)',
    'drop index shop.item_name; create index item_name on shop.item (name)',
    'index shop.item_name differs in definition',
  ],
  [
    'a trigger that is switched off',
    'alter table shop.item disable trigger item_touch',
    'alter table shop.item enable trigger item_touch',
    'trigger shop.item.item_touch differs in enabled: nothing, then D',
  ],
  [
    'the body of a function',
    `create or replace function shop.one() returns integer language sql as 'select 2'`,
    `create or replace function shop.one() returns integer language sql as 'select 1'`,
    'function shop.one() differs in definition',
  ],
  [
    'a function that shadows another',
    `create function shop.one(integer) returns integer language sql as 'select 1'`,
    'drop function shop.one(integer)',
    'function shop.one(integer) is new',
  ],
  [
    'who may call a function',
    'revoke execute on function shop.one() from public',
    'grant execute on function shop.one() to public',
    'function shop.one() differs in privileges of public: EXECUTE, then nothing',
  ],
  [
    'a view',
    'create or replace view shop.cheap as select id from shop.item where price < 2',
    'create or replace view shop.cheap as select id from shop.item where price < 1',
    'view shop.cheap differs in definition',
  ],
  [
    'a materialized view',
    'create materialized view shop.summary as select count(*) from shop.item with no data',
    'drop materialized view shop.summary',
    'materialized view shop.summary is new',
  ],
  [
    'a domain',
    'alter domain shop.code drop constraint code_check',
    `alter domain shop.code add constraint code_check check (value ~ '^[a-z]+$')`,
    'constraint shop.code.code_check is gone',
  ],
  [
    'a composite type',
    'create type shop.pair as (a int, b int)',
    'drop type shop.pair',
    'composite type shop.pair is new',
  ],
  [
    'a sequence',
    'alter sequence shop.ticket increment 5',
    'alter sequence shop.ticket increment 1',
    'sequence shop.ticket differs in increment: 1, then 5',
  ],
  [
    'row security',
    'alter table shop.item enable row level security',
    'alter table shop.item disable row level security',
    'table shop.item differs in row security: nothing, then enabled',
  ],
  [
    'row security for the owner too',
    'alter table shop.item force row level security',
    'alter table shop.item no force row level security',
    'table shop.item differs in row security for the owner: nothing, then enabled',
  ],
  [
    'a policy',
    'create policy mine on shop.item to reader using (id = 1)',
    'drop policy mine on shop.item',
    'policy shop.item.mine is new',
  ],
  [
    'a privilege on a table',
    'grant select on shop.item to reader with grant option',
    'revoke select on shop.item from reader',
    'table shop.item differs in privileges of reader: nothing, then SELECT*',
  ],
  [
    'a privilege on a column',
    'grant update (name) on shop.item to writer',
    'revoke update (name) on shop.item from writer',
    'column shop.item.name differs in privileges of writer: nothing, then UPDATE',
  ],
  [
    'a privilege on a schema',
    'grant usage on schema shop to reader',
    'revoke usage on schema shop from reader',
    'schema shop differs in privileges of reader: nothing, then USAGE',
  ],
  [
    'privileges by default',
    'alter default privileges in schema shop grant select on tables to reader',
    'alter default privileges in schema shop revoke select on tables from reader',
    'privileges by default etalon in shop on r is new',
  ],
  [
    'an owner',
    'alter table shop."Odd Name" owner to writer',
    'alter table shop."Odd Name" owner to etalon',
    'table shop."Odd Name" differs in owner: etalon, then writer',
  ],
  [
    'a comment',
    `comment on column shop.item.name is 'What it is called'`,
    'comment on column shop.item.name is null',
    'column shop.item.name differs in comment: nothing, then What it is called',
  ],
  [
    'extended statistics',
    'create statistics shop.together on name, price from shop.item',
    'drop statistics shop.together',
    'statistics object shop.together is new',
  ],
  [
    'a collation',
    `create collation shop.plain (locale = 'C')`,
    'drop collation shop.plain',
    'collation shop.plain is new',
  ],
  [
    'a setting of the database',
    `do $$ begin execute format('alter database %I set work_mem = ''8MB''', current_database()); end $$`,
    `do $$ begin execute format('alter database %I reset all', current_database()); end $$`,
    'database itself differs in settings: nothing, then ["work_mem=8MB"]',
  ],
  [
    'a partition',
    `create table shop.log (at date) partition by range (at);
     create table shop.log_1 partition of shop.log for values from ('2026-01-01') to ('2027-01-01')`,
    'drop table shop.log',
    'table shop.log_1 is new',
  ],
  [
    'a row',
    `insert into shop."Odd Name" values (2)`,
    `delete from shop."Odd Name" where "Key" = 2`,
    'data shop."Odd Name" differs in rows: 1, then 2',
  ],
  [
    'a value',
    `update shop.item set name = 'uno' where id = 1`,
    `update shop.item set name = 'one' where id = 1`,
    'data shop.item differs in checksum',
  ],
  [
    'values that changed places',
    `update shop.item set name = case id when 1 then 'two' else 'one' end where id < 3`,
    `update shop.item set name = case id when 1 then 'one' else 'two' end where id < 3`,
    'data shop.item differs in checksum',
  ],
])('%s is seen, and its undoing too', async (_what, change, undo, sentence) => {
  const before = await database.migrations.fingerprint()
  await database.run(change)
  const after = await database.migrations.fingerprint()
  const sentences = database.migrations.differences(before, after).map(describeDifference)
  expect(sentences.join('\n')).toContain(sentence)
  await database.run(undo)
  const again = await database.migrations.fingerprint()
  expect(database.migrations.differences(before, again).map(describeDifference)).toEqual([])
  expect(again.digest).toBe(before.digest)
})

describe('a fingerprint', () => {
  test('depends neither on the order of rows nor on how they were written', async () => {
    const before = await database.migrations.fingerprint()
    await database.run(`
      create temp table kept as select * from shop.item;
      delete from shop.item;
      insert into shop.item (id, name, price, kind)
        select id, name, price, kind from kept order by id desc`)
    expect((await database.migrations.fingerprint()).digest).toBe(before.digest)
  })

  test('counts a row twice that is there twice', async () => {
    await database.run('create table shop.bag (n int); insert into shop.bag values (1), (1), (2)')
    const before = await database.migrations.fingerprint()
    await database.run('update shop.bag set n = 2 where ctid = (select min(ctid) from shop.bag)')
    const after = await database.migrations.fingerprint()
    expect(database.migrations.differences(before, after)).toMatchObject([
      { kind: 'data', object: 'shop.bag', fact: 'checksum' },
    ])
    await database.run('drop table shop.bag')
  })

  test('leaves the ledger of the tool out, with all that hangs on it', async () => {
    const before = await database.migrations.fingerprint({ ledger: 'shop.done' })
    await database.run(`create table shop.done (id serial primary key, name text, at timestamptz);
      create index done_name on shop.done (name);
      insert into shop.done (name) values ('0001')`)
    const after = await database.migrations.fingerprint({ ledger: 'shop.done' })
    expect(database.migrations.differences(before, after)).toEqual([])
    expect((await database.migrations.fingerprint()).digest).not.toBe(before.digest)
    await database.run('drop table shop.done')
  })

  test('only counts the rows of tables that it is told to count', async () => {
    const counted = ['shop.item']
    const before = await database.migrations.fingerprint({ counted })
    await database.run(`update shop.item set name = 'uno' where id = 1`)
    expect((await database.migrations.fingerprint({ counted })).digest).toBe(before.digest)
    await database.run('delete from shop.item where id = 1')
    const after = await database.migrations.fingerprint({ counted })
    expect(database.migrations.differences(before, after).map(describeDifference)).toEqual([
      'data shop.item differs in rows: 3, then 2',
    ])
  })

  test('tells of a sequence that went back, not of one that went on', async () => {
    await database.run(`select setval('shop.ticket', 10)`)
    const before = await database.migrations.fingerprint()
    await database.run(`select setval('shop.ticket', 12)`)
    const later = await database.migrations.fingerprint()
    expect(database.migrations.differences(before, later)).toEqual([])
    expect(database.migrations.differences(later, before).map(describeDifference)).toEqual([
      'sequence shop.ticket differs in position: 12, then 10',
    ])
  })

  test('is refused to a role that may not see every row', async () => {
    const own = await server.database()
    await own.run(`create table secret (id int); alter table secret enable row level security;
      create policy own on secret using (id = 1); grant select on secret to reader`)
    const url = new URL(own.url)
    url.searchParams.set('options', '-c role=reader')
    await expect(own.migrations.fingerprint()).resolves.toBeDefined()
    const poor = createMigrations({ url: url.href, session: plainSession() })
    await expect(poor.fingerprint()).rejects.toThrow(/row-level security policy/)
  })
})
