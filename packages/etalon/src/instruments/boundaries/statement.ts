import { Client } from 'pg'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import type { BoundaryGround } from './ground.ts'

/** A statement that a role has run, with its constants left out, as PostgreSQL counts them. */
export interface RunStatement {
  readonly role: string
  /** What it begins with; where it begins with WITH, what it changes by. */
  readonly verb: string
  readonly text: string
  readonly calls: number
}

/** Statements by role and text. */
export interface StatementCounts {
  readonly statements: readonly RunStatement[]
  /** How often PostgreSQL has forgotten statements because there were too many. */
  readonly forgotten: number
}

type Ground = NonNullable<BoundaryGround['postgres']>

/** Every run of an instance's server asks at the same time; only one may make the extension. */
const extensionLock = 7_203_114_001

const counts = `
  select r.rolname as role, s.query as text, sum(s.calls)::float8 as calls
    from etalon_boundaries.pg_stat_statements s
    join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
   where d.datname = $1 and not r.rolsuper group by 1, 2 order by 1, 2`

/**
 * Counts the statements that roles have run in the instance's database, by pg_stat_statements: every
 * one that was executed is in it, whoever looked at what time. Statements inside functions count
 * as the call of the function; statements that were refused do not count.
 *
 * @throws ETALON_BOUNDARIES_UNAVAILABLE where the server does not have pg_stat_statements
 */
export async function countStatements({ url, roles }: Ground): Promise<StatementCounts> {
  const maintenance = new URL(url)
  const database = maintenance.pathname.slice(1)
  // The extension shows the statements of all databases, and the instance's own stays as it is.
  maintenance.pathname = '/postgres'
  const client = new Client({ connectionString: maintenance.href, application_name: 'etalon' })
  // The loss of a connection is told by the query that fails.
  client.on('error', () => {})
  try {
    await client.connect()
    await makeExtension(client)
    const { rows } = await client.query<Omit<RunStatement, 'verb'>>(counts, [database])
    const info = await client.query<{ dealloc: string }>(
      'select dealloc from etalon_boundaries.pg_stat_statements_info',
    )
    const nameOf = new Map(Object.entries(roles).map(([name, onServer]) => [onServer, name]))
    const statements = rows.map(({ role, text, calls }) => {
      return { role: nameOf.get(role) ?? role, verb: verbOf(text), text, calls }
    })
    return { statements, forgotten: Number(info.rows[0]?.dealloc ?? 0) }
  } catch (error) {
    const facts = { what: 'statements of roles', problem: messageOf(error) }
    throw new EtalonError('ETALON_BOUNDARIES_UNAVAILABLE', facts, { cause: error })
  } finally {
    await client.end().catch(() => {})
  }
}

/** What was run between two counts. */
export function statementsBetween(before: StatementCounts, after: StatementCounts): RunStatement[] {
  const keyOf = ({ role, text }: RunStatement): string => `${role}\n${text}`
  const earlier = new Map(before.statements.map((one) => [keyOf(one), one.calls]))
  return after.statements
    .map((one) => ({ ...one, calls: one.calls - (earlier.get(keyOf(one)) ?? 0) }))
    .filter(({ calls }) => calls > 0)
}

async function makeExtension(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [extensionLock])
  await client.query('create schema if not exists etalon_boundaries')
  await client.query('create extension if not exists pg_stat_statements schema etalon_boundaries')
  await client.query('select pg_advisory_unlock($1)', [extensionLock])
}

/** First word of a statement; of a WITH that changes rows, the word that does. */
function verbOf(text: string): string {
  const plain = text.replaceAll(/\/\*.*?\*\/|--[^\n]*/gs, ' ').trim()
  const [first = ''] = /^\w+/.exec(plain.toLowerCase()) ?? []
  if (first !== 'with') return first
  return (
    /\b(insert|update|delete|merge)\s+(?:into|from|only|\S+\s+set)\b/i
      .exec(plain)?.[1]
      ?.toLowerCase() ?? 'select'
  )
}
