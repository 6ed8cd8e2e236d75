import { Client, type QueryConfig, type QueryResultRow } from 'pg'
import type { Instance } from '../../packages/etalon/src/environment/instance.ts'
import { plainSession } from '../../packages/etalon/src/instruments/plain-session.ts'
import { createSql } from '../../packages/etalon/src/instruments/sql/index.ts'
import { CircuitBreaker } from '../../packages/service-kit/src/circuit-breaker.ts'
import { connectPostgres, type Sql } from '../../packages/service-kit/src/postgres.ts'
import { crowdProject } from '../../systems/jeex-idea/claims/crowded-project.ts'
import { signToken } from 'etalon/http'
import { fillDesk } from '../../systems/jeex-idea/claims/workload.ts'
import { Database } from '../../systems/jeex-idea/src/database/database.ts'
import { PoolMeter } from '../../systems/jeex-idea/src/database/pool-meter.ts'
import { createExecution } from '../../systems/jeex-idea/src/operation/execution.ts'
import { requireProject } from '../../systems/jeex-idea/src/operation/project.ts'
import { findDocument, listDocuments } from '../../systems/jeex-idea/src/store/document.ts'
import {
  findLastExecutions,
  listExecutions,
  sumExecutions,
} from '../../systems/jeex-idea/src/store/execution.ts'
import { listProjects } from '../../systems/jeex-idea/src/store/project.ts'

/** Does the SQL of an endpoint. */
export type SqlWork = (database: Doors) => Promise<unknown>

/** The ways to the database. */
type Doors = Pick<Database, 'read' | 'write'>

/** An endpoint, and the SQL that it does. */
export interface IdeaWork {
  readonly path: string
  /** Sent by POST. */
  readonly body?: unknown
  readonly bySql: SqlWork
}

/** A running service with one owner's projects. */
export interface Ideas {
  readonly url: string
  readonly appUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly database: Database
  /** Endpoints about a project of usual size. */
  readonly small: Readonly<Record<string, IdeaWork>>
  /** Endpoints about a new project with so many executions. */
  crowded(executions: number): Promise<Readonly<Record<string, IdeaWork>>>
  /** The statements that some work sends, with the transaction around them. */
  recorded(work: SqlWork): Promise<readonly QueryConfig[]>
  close(): Promise<void>
}

const name = 'jeex-idea'
const page = { page: 1, per_page: 20 }

/** Fills the instance with 25 projects, 20 documents and 100 executions of one owner. */
export async function openIdeas(instance: Instance): Promise<Ideas> {
  const inspector = createSql({ url: instance.adminUrl, session: plainSession() })
  const owner = await inspector.value<string>(
    `insert into users (email, name, password_hash) values ('bench@jeex.example', 'Bench', 'none')
     returning id`,
  )
  const { projectId, documentId } = await fillDesk(inspector, owner)
  await inspector.run('analyze')
  const pool = connectPostgres({
    url: instance.urlFor('app'),
    applicationName: 'bench',
    poolMin: 20,
    poolMax: 49,
    statementTimeoutMs: 60_000,
    pipeline: true,
    onIdleError: (error) => {
      throw error
    },
  })
  const database = new Database({
    pool,
    meter: new PoolMeter(pool),
    breaker: new CircuitBreaker({ failuresMax: 5, openMs: 500 }),
    waitingMax: 200,
    onStatement: () => undefined,
  })
  const [api] = instance.processes.values()
  const token = signToken(
    { sub: owner, iss: name, aud: name, epoch: 0 },
    instance.services.secret('jwt'),
  )
  return {
    url: api?.url ?? '',
    appUrl: instance.urlFor('app'),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    database,
    small: smallWork(owner, projectId, documentId),
    crowded: async (executions) => {
      const crowd = await crowdProject(inspector, owner, executions)
      return crowdedWork(owner, crowd.projectId)
    },
    recorded: (work) => record(instance, work),
    close: async () => {
      await Promise.all([pool.end(), inspector.close()])
    },
  }
}

type Work = Readonly<Record<string, IdeaWork>>

function smallWork(owner: string, projectId: string, documentId: string): Work {
  const caller = { id: owner, role: 'user' } as const
  const place = { project: projectId, owner }
  const actor = { ...caller, correlationId: '00000000-0000-7000-8000-000000000001' }
  const body = { agent_type: 'qa_expert', input_data: { question: 'Does it hold?' } } as const
  const project = `/projects/${projectId}`
  const inProject =
    (work: (sql: Sql) => Promise<unknown>): SqlWork =>
    (database) =>
      database.read(caller, (sql) =>
        Promise.all([requireProject(sql, actor, projectId), work(sql)]),
      )
  return {
    'project list': {
      path: '/projects',
      bySql: (database) => database.read(caller, (sql) => listProjects(sql, owner, page)),
    },
    'document list': {
      path: `${project}/documents`,
      bySql: inProject((sql) => listDocuments(sql, place, page)),
    },
    'one document': {
      path: `${project}/documents/${documentId}`,
      bySql: inProject((sql) => findDocument(sql, projectId, owner, documentId)),
    },
    'execution list': {
      path: `${project}/agents/executions`,
      bySql: inProject((sql) => listExecutions(sql, place, page)),
    },
    'new execution': {
      path: `${project}/agents/executions`,
      body,
      bySql: (database) =>
        database.write(caller, (tx) =>
          createExecution(tx, actor, projectId, { request: body, now: new Date() }),
        ),
    },
  }
}

function crowdedWork(owner: string, projectId: string): Work {
  const caller = { id: owner, role: 'user' } as const
  const actor = { ...caller, correlationId: '00000000-0000-7000-8000-000000000001' }
  const agents = `/projects/${projectId}/agents`
  const since = new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10)
  const inProject =
    (work: (sql: Sql) => Promise<unknown>): SqlWork =>
    (database) =>
      database.read(caller, (sql) =>
        Promise.all([requireProject(sql, actor, projectId), work(sql)]),
      )
  return {
    'execution list': {
      path: `${agents}/executions`,
      bySql: inProject((sql) => listExecutions(sql, { project: projectId, owner }, page)),
    },
    metrics: {
      path: `${agents}/metrics`,
      bySql: inProject((sql) =>
        Promise.all([
          sumExecutions(sql, projectId, owner, since),
          findLastExecutions(sql, projectId, owner),
        ]),
      ),
    },
  }
}

/** Does the work once, on one connection, and keeps what it sent. */
async function record(instance: Instance, work: SqlWork): Promise<readonly QueryConfig[]> {
  const client = new Client({ connectionString: instance.urlFor('app') })
  await client.connect()
  const sent: QueryConfig[] = []
  const sql: Sql = {
    query: <Row extends QueryResultRow>(config: QueryConfig) => {
      sent.push(config)
      return client.query<Row>(config)
    },
  }
  const inTransaction = async <Result>(
    mode: string,
    caller: { readonly id: string; readonly role: string },
    doing: (tx: Sql) => Promise<Result>,
  ): Promise<Result> => {
    await sql.query({ text: `begin ${mode}` })
    await sql.query({ text: `set local jeex.user_id = '${caller.id}'` })
    await sql.query({ text: `set local jeex.role = '${caller.role}'` })
    const result = await doing(sql)
    await sql.query({ text: 'commit' })
    return result
  }
  try {
    await work({
      read: (caller, doing) => inTransaction('read only', caller, doing),
      write: (caller, doing) => inTransaction('', caller, doing),
    })
    return sent
  } finally {
    await client.end()
  }
}
