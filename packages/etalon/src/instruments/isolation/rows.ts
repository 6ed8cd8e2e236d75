import type { Cell } from './cell.ts'

/** A database as a role sees it. */
export interface Database {
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
  run(text: string, values?: readonly unknown[]): Promise<number>
  session<Result>(work: (database: Database) => Promise<Result>): Promise<Result>
}

/** Whose the rows of a table are: the column that says so, or nobody's and why. */
export type RowRule = { readonly owner: string } | { readonly nobodys: string }

/** The matrix of a database, declared once. */
export interface RowMatrix {
  /** The database as the system's own role, which row security has to hold. */
  readonly role: Database
  /** The database as somebody whom nothing is hidden from. */
  readonly inspector: Database
  /** By table. */
  readonly rules: Readonly<Record<string, RowRule>>
  /** The value of the owner columns in the owner's rows. */
  readonly owner: string
  /** Statements by which a transaction becomes the owner's. */
  readonly asOwner: readonly string[]
  /** The same of others, by name; none for somebody whom nothing was said of. */
  readonly intruders: Readonly<Record<string, readonly string[]>>
}

const operations = ['select', 'insert', 'update', 'delete'] as const
type RowOperation = (typeof operations)[number]

/** What became of a statement: rows reached, refused by row security, or no right to it at all. */
type Reached = { readonly rows: number } | { readonly refused: 'by row security' | 'by right' }

/** Tries to reach the owner's rows of one table, with each operation as each intruder. */
export async function tryTable(matrix: RowMatrix, table: string, owner: string): Promise<Cell[]> {
  const facts = await factsOf(matrix, table, owner)
  const cells: Cell[] = []
  for (const operation of operations) {
    const statement = facts && statementOf(facts, operation)
    const control = statement && (await reach(matrix, matrix.asOwner, statement))
    for (const [actor, statements] of Object.entries(matrix.intruders)) {
      const cell = { operation: `${operation} ${table}`, actor, about: "the owner's rows" }
      if (!facts) {
        cells.push({ ...cell, outcome: 'unproven', found: 'the owner has no row in it' })
      } else if (!statement || !control || isRight(control)) {
        cells.push({ ...cell, outcome: 'closed', found: 'the role has no right to it' })
      } else if ('refused' in control || control.rows === 0) {
        const found = 'the owner does not reach his own'
        cells.push({ ...cell, outcome: 'unproven', found, request: statement.text })
      } else {
        const reached = await reach(matrix, statements, statement)
        cells.push({ ...cell, ...outcomeOf(reached, statement) })
      }
    }
  }
  return cells
}

interface TableFacts {
  readonly table: string
  readonly owner: string
  readonly ownerValue: string
  /** One of the owner's rows. */
  readonly row: unknown
  /** Columns that an insert fills in. */
  readonly columns: readonly string[]
  /** A column that the role may change. */
  readonly changeable: string | undefined
}

async function factsOf(
  { inspector, role, owner: ownerValue }: RowMatrix,
  table: string,
  owner: string,
): Promise<TableFacts | undefined> {
  const [found] = await inspector.rows<{ row: unknown }>(
    `select to_jsonb(t) as row from ${table} t where ${owner}::text = $1 limit 1`,
    [ownerValue],
  )
  if (!found) return undefined
  const columns = await role.rows<{ name: string; changeable: boolean }>(
    `select quote_ident(attname) as name,
       has_column_privilege(attrelid, attnum, 'update') as changeable
     from pg_attribute where attrelid = $1::regclass and attnum > 0
       and not attisdropped and attgenerated = ''`,
    [table],
  )
  return {
    table,
    owner,
    ownerValue,
    row: found.row,
    columns: columns.map(({ name }) => name),
    changeable: columns.find(({ changeable }) => changeable)?.name,
  }
}

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** An insert repeats a row: what row security lets through is then stopped by the key. */
function statementOf(facts: TableFacts, operation: RowOperation): Statement | undefined {
  const { table, owner, ownerValue, columns, changeable, row } = facts
  const where = `where ${owner}::text = $1`
  switch (operation) {
    case 'select':
      return { text: `select 1 from ${table} ${where}`, values: [ownerValue] }
    case 'delete':
      return { text: `delete from ${table} ${where}`, values: [ownerValue] }
    case 'update': {
      const text = `update ${table} set ${changeable} = ${changeable} ${where}`
      return changeable === undefined ? undefined : { text, values: [ownerValue] }
    }
    case 'insert': {
      const names = columns.join(', ')
      const from = `select ${names} from jsonb_populate_record(null::${table}, $1::jsonb)`
      return { text: `insert into ${table} (${names}) ${from}`, values: [JSON.stringify(row)] }
    }
  }
}

/**
 * Runs a statement as somebody, and undoes it. Who cannot become that somebody has tried nothing:
 * that is thrown, and not taken for a refusal of the statement.
 */
async function reach(
  { role }: RowMatrix,
  become: readonly string[],
  { text, values }: Statement,
): Promise<Reached> {
  return role.session(async (session) => {
    await session.run('begin')
    try {
      for (const statement of become) await session.run(statement)
      return await session.run(text, values).then((rows) => ({ rows }), reachedBy)
    } finally {
      await session.run('rollback')
    }
  })
}

function reachedBy(error: unknown): Reached {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  // A key that stands in the way is met only by what row security let through.
  if (code === '23505') return { rows: 1 }
  if (code !== '42501') throw error
  return { refused: message.includes('row-level security') ? 'by row security' : 'by right' }
}

function isRight(reached: Reached): boolean {
  return 'refused' in reached && reached.refused === 'by right'
}

function outcomeOf(
  reached: Reached,
  { text }: Statement,
): Omit<Cell, 'operation' | 'actor' | 'about'> {
  if ('refused' in reached) return { outcome: 'closed', found: `refused ${reached.refused}` }
  if (reached.rows === 0) return { outcome: 'closed', found: '0 rows' }
  return { outcome: 'leaked', leak: 'rows', found: `${reached.rows} rows`, request: text }
}
