import { Client } from 'pg'
import type { MigrationSteps } from '../../../src/instruments/migrations/index.ts'
import { ask, type TestDatabase } from './database.ts'

/** What one version does and how it is undone, as SQL. */
export interface TestVersion {
  readonly up: string
  readonly down: string
}

export const ledger = 'public.done'

/** Every way of running a migration that tools have, the good one and the bad ones. */
export type Manner =
  | 'in one transaction'
  | 'ledger first'
  | 'statement by statement'
  | 'hiding its failures'

/** A small migration tool of the kind that one meets; versions are run in the order given. */
export function toolOn(
  url: string,
  versions: Readonly<Record<string, TestVersion>>,
  manner: Manner = 'in one transaction',
): MigrationSteps {
  const names = Object.keys(versions)
  const apply = async (direction: keyof TestVersion, name: string): Promise<void> => {
    const entry =
      direction === 'up'
        ? `insert into ${ledger} values ('${name}')`
        : `delete from ${ledger} where name = '${name}'`
    const work = versions[name]?.[direction]
    const text = manner === 'ledger first' ? `${entry}; ${work}` : `${work}; ${entry}`
    const pieces = manner === 'statement by statement' ? text.split(';') : [text]
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    try {
      for (const piece of pieces) await client.query(piece)
    } catch (error) {
      if (manner !== 'hiding its failures') throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
  const done = async (): Promise<Set<string>> => {
    const [found] = (await ask(url, `select to_regclass('${ledger}') as name`)) as {
      name?: string
    }[]
    if (!found?.name) await ask(url, `create table ${ledger} (name text primary key)`)
    const rows = (await ask(url, `select name from ${ledger}`)) as { name: string }[]
    return new Set(rows.map(({ name }) => name))
  }
  return {
    versions: names,
    up: async (to) => {
      const ran = await done()
      for (const name of names) if (name <= to && !ran.has(name)) await apply('up', name)
    },
    down: async (to) => {
      const ran = await done()
      const above = names.filter((name) => ran.has(name) && (to === undefined || name > to))
      for (const name of above.toReversed()) await apply('down', name)
    },
  }
}

/** Two sound versions. */
export const first: TestVersion = {
  up: `create table person (id int primary key, name text not null, note text);
       create index person_name on person (name); grant select on person to reader`,
  down: 'drop table person',
}
export const second: TestVersion = {
  up: `create table purchase (id int primary key, person_id int references person (id));
       alter table person add email text`,
  down: 'alter table person drop email; drop table purchase',
}

/** Rows in every table that the version has, with keys that no other round uses. */
export function seedOf(database: TestDatabase): (version: string) => Promise<void> {
  let last = 0
  return async (version) => {
    last += 10
    await database.run(`insert into person (id, name, note) values (${last}, 'A', 'x'),
      (${last + 1}, 'B', 'y')`)
    if (version !== '1') await database.run(`insert into purchase values (${last}, ${last})`)
  }
}
