import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Pool } from 'undici'
import { operationsOf, type OpenApiDocument } from '../openapi.ts'
import type { Session } from '../session.ts'
import { csvOf, runOf, type Cell, type IsolationRun } from './cell.ts'
import { Ground, type HttpMatrix } from './ground.ts'
import { tryOwned } from './owned.ts'
import { tryTable, type Database, type RowMatrix } from './rows.ts'
import { askAgain, tryOnly, tryOpen, tryScoped, type Asked } from './scoped.ts'

/** What the role is that the system reaches its database by. */
export interface RoleFacts {
  readonly isSuperuser: boolean
  readonly bypassesRowSecurity: boolean
  /** Tables that it owns, whose row security does not hold it. */
  readonly owns: readonly string[]
}

export interface RowRun extends IsolationRun {
  readonly role: RoleFacts
}

/** Tries whether one actor reaches what is another's: a matrix of actor, thing and operation. */
export interface Isolation {
  /**
   * Over HTTP: every operation of the OpenAPI document at `/openapi.json`, with what the matrix
   * says of it.
   *
   * @param name of the table that is kept beside the evidence
   */
  overHttp(name: string, matrix: HttpMatrix): Promise<IsolationRun>
  /** Over SQL: every table of the schema `public`, with select, insert, update and delete. */
  overSql(name: string, matrix: RowMatrix): Promise<RowRun>
}

/** Opens the instrument. */
export function createIsolation(session: Session, baseUrl: string): Isolation {
  const keep = (name: string, run: IsolationRun): void => {
    session.evidence.record('isolation', { name, ...run })
    writeFileSync(session.attach(`isolation-${name}.csv`), csvOf(run.cells))
  }
  return {
    overHttp: async (name, matrix) => {
      const run = await tryHttp(session, baseUrl, matrix)
      keep(name, run)
      return run
    },
    overSql: async (name, matrix) => {
      const run = await trySql(matrix)
      keep(name, run)
      return run
    },
  }
}

async function tryHttp(
  session: Session,
  baseUrl: string,
  matrix: HttpMatrix,
): Promise<IsolationRun> {
  const { origin, pathname } = new URL(baseUrl)
  const basePath = pathname.replace(/\/$/, '')
  const dispatcher = new Pool(origin, { connections: 4, keepAliveTimeout: 30_000 })
  try {
    const answer = await dispatcher.request({ method: 'GET', path: `${basePath}/openapi.json` })
    const operations = operationsOf((await answer.body.json()) as OpenApiDocument)
    const door = { dispatcher, basePath, actors: matrix.actors, signal: session.signal }
    const ground = new Ground(matrix, door)
    await ground.prepare()
    const cells: Cell[] = []
    const asked: Asked[] = []
    for (const operation of operations) {
      const rule = matrix.rules[operation.name]
      switch (rule?.kind) {
        case 'owned':
          cells.push(...(await tryOwned(ground, operation, rule)))
          break
        case 'scoped': {
          const tried = await tryScoped(ground, operation, rule)
          cells.push(...tried.cells)
          asked.push(...tried.asked)
          break
        }
        case 'only':
          cells.push(...(await tryOnly(ground, operation, rule, matrix.missing ?? randomId)))
          break
        case 'open':
          cells.push(...(await tryOpen(ground, operation, rule)))
          break
        case undefined:
      }
    }
    await matrix.make(matrix.owner)
    for (const one of asked) cells.push(...(await askAgain(ground, one)))
    const existing = operations.map(({ name }) => name)
    return runOf(cells, { existing, declared: Object.keys(matrix.rules) })
  } finally {
    await dispatcher.destroy()
  }
}

async function trySql(matrix: RowMatrix): Promise<RowRun> {
  const { inspector, rules, role } = matrix
  const tables = await inspector.rows<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  const existing = tables.map(({ name }) => name)
  const cells: Cell[] = []
  for (const table of existing) {
    const rule = rules[table]
    if (rule && 'owner' in rule) cells.push(...(await tryTable(matrix, table, rule.owner)))
  }
  const run = runOf(cells, { existing, declared: Object.keys(rules) })
  return { ...run, role: await roleFacts(role) }
}

async function roleFacts(role: Database): Promise<RoleFacts> {
  const [facts] = await role.rows<RoleFacts>(
    `select rolsuper as "isSuperuser", rolbypassrls as "bypassesRowSecurity",
       array(select relname::text from pg_class
         where relkind in ('r', 'p') and pg_has_role(current_user, relowner, 'member')) as owns
     from pg_roles where rolname = current_user`,
  )
  return facts as RoleFacts
}

function randomId(): string {
  return randomUUID()
}
