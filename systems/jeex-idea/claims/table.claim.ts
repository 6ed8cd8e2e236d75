import { claim, type ClaimContext } from 'etalon'
import { addDocument } from './document.ts'
import { addExecution, agentTypes, executionStates } from './execution.ts'
import type { Export } from './export.ts'
import { idOf, openProject } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'
import { answersTo } from './row-attempt.ts'
import { insertOf, plantGround, type Table, type Values } from './table-row.ts'

const check = '23514'
const notNull = '23502'
const unique = '23505'
const tooLong = '22001'
const shape = '422 JEEX_VALIDATION_FAILED'

/** A row that is tried, and the answer that the database has to give. */
type RowAttempt = readonly [values: Values, answer: string]

/** Tries rows of one table that are valid but for a few values. */
async function proveRows(
  { sql, random, prove }: Pick<ClaimContext, 'sql' | 'random' | 'prove'>,
  table: Table,
  attempts: readonly RowAttempt[],
): Promise<void> {
  const ground = await sql.session(async (tx) => plantGround(tx, random.text(10)))
  const answers = await answersTo(
    sql,
    attempts.map(([values]) => [JSON.stringify(values), insertOf(ground, table, values)]),
  )
  await sql.run('delete from backups where id = $1', [ground.backup])
  const wrong = answers
    .map((found, at) => ({ ...found, expected: attempts[at]?.[1] }))
    .filter(({ answer, expected }) => answer !== expected)
  prove(`rows of ${table} that were answered wrongly`, wrong).isEmpty()
}

const accepted = (column: string, values: readonly string[]): RowAttempt[] =>
  values.map((value) => [{ [column]: value }, 'accepted'])
const refused = (answer: string, column: string, values: readonly string[]): RowAttempt[] =>
  values.map((value) => [{ [column]: value }, answer])
const quoted = (words: readonly string[]): string[] => words.map((word) => `'${word}'`)
const letters = (count: number): string => `repeat('a', ${count})`

claim('JEEX-DB-01', async (context) => {
  const { system, sql, random, prove } = context
  await proveRows(context, 'users', [
    [{}, 'accepted'],
    ...accepted('email', [letters(255)]),
    ...refused(tooLong, 'email', [letters(256)]),
    ...accepted('name', [letters(255)]),
    ...refused(tooLong, 'name', [letters(256)]),
    ...accepted('profile_data', [`'{"a": [1]}'`]),
    ...['email', 'name', 'profile_data', 'password_hash'].map((column): RowAttempt => [
      { [column]: 'null' },
      notNull,
    ]),
    ...accepted('role', quoted(['user', 'operator'])),
    ...refused(check, 'role', quoted(['admin', ''])),
  ])
  const operator = await system.actor('operator:accounts')
  const email = `${random.text(10)}@jeex.example`
  const account = { email, name: 'Somebody', password: random.text(20) }
  const answers = await atOnce(8, () => operator.post('/users', account))
  prove('8 accounts of one e-mail at once', tally(answers)).equals(
    '1 × 201, 7 × 409 JEEX_USER_EXISTS',
  )
  const again = await operator.post('/users', { ...account, email: email.toUpperCase() })
  prove('the same in capitals', again.status).equals(409)
  const rows = await sql.value<number>('select count(*) from users where lower(email) = $1', [
    email,
  ])
  prove('accounts of this e-mail', rows).equals(1)
})

claim('JEEX-DB-02', async (context) => {
  const { system, prove } = context
  await proveRows(context, 'projects', [
    [{}, 'accepted'],
    ...accepted('name', [letters(1), letters(255)]),
    ...refused(check, 'name', [`''`]),
    ...refused(tooLong, 'name', [letters(256)]),
    ...accepted('status', quoted(['draft', 'in_progress', 'completed', 'archived'])),
    ...refused(check, 'status', quoted(['', 'Draft', 'deleted'])),
    ...accepted('current_step', ['1', '2', '3', '4']),
    ...refused(check, 'current_step', ['0', '5', '-1']),
    ...accepted('language', [`'de'`, letters(10)]),
    ...refused(check, 'language', [`''`, `'e'`]),
    ...refused(tooLong, 'language', [letters(11)]),
    ...refused(notNull, 'current_step', ['null']),
    ...refused(notNull, 'status', ['null']),
    ...refused(notNull, 'language', ['null']),
    [{ is_deleted: 'true' }, '428C9'],
  ])
  const owner = await system.actor('owner:bounds')
  const make = (body: object) => owner.post('/projects', { name: 'An idea', ...body })
  const wrong = await wronglyAnswered([
    ['a name of 255', '201', make({ name: 'a'.repeat(255) })],
    ['a name of 256', shape, make({ name: 'a'.repeat(256) })],
    ['no name', shape, make({ name: '' })],
    ['step 4', '201', make({ current_step: 4 })],
    ['step 5', shape, make({ current_step: 5 })],
    ['step 0', shape, make({ current_step: 0 })],
    ['step 1.5', shape, make({ current_step: 1.5 })],
    ['archived', '201', make({ status: 'archived' })],
    ['deleted', shape, make({ status: 'deleted' })],
    ['pt-BR', '201', make({ language: 'pt-BR' })],
    ['a language of one letter', shape, make({ language: 'e' })],
    ['a language that is too long', shape, make({ language: 'deutsch-Hochdeutsch' })],
  ])
  prove('requests that were answered wrongly', wrong).isEmpty()
})

claim('JEEX-DB-03', async (context) => {
  const { system, sql, prove } = context
  const scores = (column: string): RowAttempt[] => [
    ...accepted(column, ['0', '100', '99.99', 'null']),
    ...refused(check, column, ['-0.01', '100.01', '-1', '101']),
  ]
  await proveRows(context, 'document_versions', [
    [{}, 'accepted'],
    ...scores('readability_score'),
    ...scores('grammar_score'),
    ...refused(check, 'version', ['0', '-1']),
    ...refused(unique, 'version', ['1']),
    [{ version: '1', document_type: `'idea_description'` }, 'accepted'],
    ...refused(check, 'content', [`''`]),
    ...refused(notNull, 'content', ['null']),
    ...accepted('document_type', quoted(['idea_description', 'engineering_specs'])),
    ...accepted('document_type', quoted(['architecture', 'implementation_plan'])),
    ...refused(check, 'document_type', quoted(['', 'poem', 'Architecture'])),
    ...refused(tooLong, 'document_type', [letters(51)]),
  ])
  const owner = await system.actor('owner:scores')
  const project = await openProject(owner)
  const add = (body: object) => addDocument(owner, project.id, body)
  const wrong = await wronglyAnswered([
    ['a score of 0', '201', add({ grammar_score: 0 })],
    ['a score of 100', '201', add({ readability_score: 100 })],
    ['a score of 100.01', shape, add({ readability_score: 100.01 })],
    ['a score of -0.01', shape, add({ grammar_score: -0.01 })],
    ['no text', shape, add({ content: '' })],
    ['a fifth type', shape, add({ document_type: 'poem' })],
  ])
  prove('requests that were answered wrongly', wrong).isEmpty()
  await atOnce(10, () => add({}).expect(201))
  const twice = await sql.rows(
    `select project_id, document_type, version from document_versions
     group by 1, 2, 3 having count(*) > 1`,
  )
  prove('versions that exist twice', twice).isEmpty()
})

claim('JEEX-DB-04', async (context) => {
  const { system, sql, prove } = context
  const end = { completed_at: 'now()', duration_ms: '0' }
  const isEnd = (status: string): boolean => !['pending', 'running'].includes(status)
  await proveRows(context, 'agent_executions', [
    [{}, 'accepted'],
    ...executionStates.flatMap((status): RowAttempt[] => {
      const state = { status: `'${status}'` }
      return [
        [state, isEnd(status) ? check : 'accepted'],
        [{ ...state, ...end }, isEnd(status) ? 'accepted' : check],
        [{ ...state, completed_at: 'now()' }, check],
        [{ ...state, duration_ms: '0' }, check],
      ]
    }),
    [{ status: `'failed'`, ...end, duration_ms: '-1' }, check],
    ...refused(check, 'status', quoted(['', 'lost', 'Running'])),
    ...accepted('agent_type', quoted(agentTypes)),
    ...refused(check, 'agent_type', quoted(['', 'poet'])),
    ...accepted('attempt', ['1', '2']),
    ...refused(check, 'attempt', ['0', '-1']),
    ...['tokens_in', 'tokens_out', 'cost'].flatMap((column) => [
      ...accepted(column, ['0', '1', 'null']),
      ...refused(check, column, ['-1']),
    ]),
    ...accepted('parent_execution_id', ['$execution']),
    ...refused('23503', 'parent_execution_id', ['uuidv7()']),
    ...refused(unique, 'retry_of', ['$execution']),
    ...refused(notNull, 'correlation_id', ['null']),
  ])
  const owner = await system.actor('owner:ends')
  const { id } = await openProject(owner)
  const { body: execution } = await addExecution(owner, id).expect(201)
  const path = `/projects/${id}/agents/executions/${execution.id}`
  const states: unknown[] = []
  for (const status of ['running', 'completed']) {
    await owner.put(path, { status }).expect(200)
    const row = await sql.one(
      `select status, completed_at is not null as ended, duration_ms is not null as timed
       from agent_executions where id = $1`,
      [execution.id],
    )
    states.push(row)
  }
  prove('state, end and duration after each report', states).equals([
    { status: 'running', ended: false, timed: false },
    { status: 'completed', ended: true, timed: true },
  ])
})

claim('JEEX-DB-05', async (context) => {
  const { system, sql, prove } = context
  const file = { file_path: `'f'`, manifest: `'{}'`, sha256: `repeat('a', 64)` }
  await proveRows(context, 'exports', [
    [{}, 'accepted'],
    ...accepted('status', quoted(['pending', 'processing', 'failed', 'expired'])),
    ...refused(check, 'status', quoted(['', 'lost', 'completed'])),
    [{ status: `'completed'`, ...file }, 'accepted'],
    ...Object.keys(file).map((column): RowAttempt => [
      { status: `'completed'`, ...file, [column]: 'null' },
      check,
    ]),
    ...accepted('download_count', ['0', '1']),
    ...refused(check, 'download_count', ['-1']),
    ...accepted('size_bytes', ['0', '1', 'null']),
    ...refused(check, 'size_bytes', ['-1']),
    ...refused(notNull, 'expires_at', ['null']),
  ])
  const owner = await system.actor('owner:expiry')
  const project = await openProject(owner)
  await addDocument(owner, project.id).expect(201)
  const { body } = await owner.post<Export>(`/projects/${project.id}/exports`).expect(202)
  const row = await sql.one<Record<string, unknown>>(
    `select extract(epoch from expires_at - created_at)::integer / 3600.0 as hours,
       download_count, created_by from exports where id = $1`,
    [body.id],
  )
  prove('the export as it is kept', row).equals({
    hours: 24,
    download_count: 0,
    created_by: idOf(owner),
  })
})
