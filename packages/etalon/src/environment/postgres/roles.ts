import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { databasePrefix } from '../sweep.ts'

/** A login role of one run, with a password drawn for it. */
export interface DatabaseRole {
  readonly name: string
  readonly password: string
}

/** The roles under which a system's processes reach its databases, by the name the config uses. */
export type DatabaseRoles = Readonly<Record<string, DatabaseRole>>

/** Name of a database or role of a run: no other run makes the same. */
export function nameInRun(runId: string, ...parts: readonly string[]): string {
  return `${databasePrefix(runId)}${parts.join('_').replaceAll(/[^a-z0-9]+/gi, '_')}`.toLowerCase()
}

/**
 * Creates the owner of a system's databases (may create roles, since migrations create the group
 * roles that privileges are granted to, and databases, since a backup is proven by restoring it
 * into another one) and its login roles, which may do nothing yet.
 */
export async function createRoles(
  adminUrl: string,
  runId: string,
  system: string,
  names: readonly string[],
): Promise<DatabaseRoles> {
  const roles: Record<string, DatabaseRole> = {}
  await withClient(adminUrl, async (client) => {
    for (const name of ['owner', ...names]) {
      const role = { name: nameInRun(runId, system, name), password: drawPassword() }
      const rights = name === 'owner' ? 'createrole createdb' : ''
      await client.query(`create role ${role.name} login ${rights} password '${role.password}'`)
      roles[name] = role
    }
  })
  return roles
}

/** Makes a login role a member of the group roles that the migrations made. */
export async function grantMembership(
  adminUrl: string,
  role: DatabaseRole,
  groups: readonly string[],
): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const group of groups) {
      await client.query(`grant ${client.escapeIdentifier(group)} to ${role.name}`)
    }
  })
}

/** Runs `work` on a connection that is closed afterwards, whatever happens. */
export async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url })
  // A lost connection is also emitted; the rejection of what is asked is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function drawPassword(): string {
  return randomBytes(24).toString('base64url')
}
