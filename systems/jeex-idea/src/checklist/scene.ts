import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { connectPostgres, generatePassword } from 'service-kit'
import type { ChecklistEnvironment } from '../config.ts'
import { switchOff } from '../store/checklist.ts'
import { callerWith, type Caller } from './caller.ts'
import { walk } from './step.ts'

/** What the items work with: the service, who asks it, and its database. */
export interface Scene {
  readonly env: ChecklistEnvironment
  readonly anyone: Caller
  readonly operator: Caller
  /** Two accounts made for this run, with nothing in common. */
  readonly owner: Caller
  readonly stranger: Caller
  /** Sign-in of the first of them. */
  readonly credentials: { readonly email: string; readonly password: string }
  /** The database as its owner sees it. */
  readonly database: Pool
  /** The database as the service is signed in to it. */
  readonly asService: Pool
  /** Makes a project of the owner; gives its path. */
  readonly newProject: () => Promise<string>
}

/**
 * Runs work with two fresh accounts. They are switched off afterwards, and what they made is deleted
 * as a user would delete it: the service removes no rows.
 */
export async function withScene<Result>(
  env: ChecklistEnvironment,
  work: (scene: Scene) => Promise<Result>,
): Promise<Result> {
  const [database, asService] = [connect(env.MIGRATE_DATABASE_URL), connect(env.DATABASE_URL)]
  const anyone = callerWith(env.SERVICE_URL)
  const emails: string[] = []
  const projects: string[] = []
  let owner: Caller | undefined
  try {
    const operator = await signIn(env.SERVICE_URL, {
      email: env.OPERATOR_EMAIL,
      password: env.OPERATOR_PASSWORD,
    })
    const [first, second] = [newAccount(), newAccount()]
    for (const account of [first, second]) {
      await walk(operator, [[201, 'POST', '/users', { body: { ...account, name: 'Checklist' } }]])
      emails.push(account.email)
    }
    const asOwner = await signIn(env.SERVICE_URL, first)
    owner = asOwner
    return await work({
      env,
      anyone,
      operator,
      owner: asOwner,
      stranger: await signIn(env.SERVICE_URL, second),
      credentials: first,
      database,
      asService,
      newProject: async () => {
        const body = { name: 'Checklist' }
        const [made] = await walk(asOwner, [[201, 'POST', '/projects', { body }]])
        const path = `/projects/${(made.body as { id: string }).id}`
        projects.push(path)
        return path
      },
    })
  } finally {
    for (const path of projects) {
      await owner?.('DELETE', path, { headers: { 'if-match': '*' } }).catch(() => undefined)
    }
    if (emails.length > 0) {
      await switchOff(database, emails)
    }
    await Promise.all([database.end(), asService.end()])
  }
}

function connect(url: string): Pool {
  return connectPostgres({
    url,
    applicationName: 'jeex-checklist',
    poolMax: 2,
    statementTimeoutMs: 30_000,
    onIdleError: (error) => process.emitWarning(error),
  })
}

interface Account {
  readonly email: string
  readonly password: string
}

function newAccount(): Account {
  const name = randomBytes(6).toString('hex')
  return { email: `checklist-${name}@jeex.example`, password: generatePassword() }
}

async function signIn(baseUrl: string, body: Account): Promise<Caller> {
  const [answer] = await walk(callerWith(baseUrl), [[200, 'POST', '/auth/sign-in', { body }]])
  return callerWith(baseUrl, (answer.body as { access_token: string }).access_token)
}
