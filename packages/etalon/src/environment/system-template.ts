import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EtalonError } from '../kernel/errors.ts'
import { servicesOf } from './instance.ts'
import { createRoles, grantMembership, nameInRun } from './postgres/roles.ts'
import { createDatabase, sealTemplate } from './postgres/template.ts'
import type { Servers, SystemDatabases } from './servers.ts'
import type { SystemDefinition } from './system-definition.ts'
import { plainEnvironment } from './system-process.ts'

const run = promisify(execFile)
const commandTimeoutMs = 120_000

/**
 * Makes the template database of a system on a server: its roles, then its template commands, then
 * the memberships of the roles.
 *
 * @throws ETALON_MIGRATION_FAILED
 */
export async function makeTemplate(
  servers: Servers,
  system: SystemDefinition,
): Promise<SystemDatabases> {
  const adminUrl = servers.postgres?.adminUrl ?? ''
  const groups = system.postgres?.roles ?? {}
  const roles = await createRoles(adminUrl, servers.runId, system.name, Object.keys(groups))
  const owner = roles['owner']?.name ?? ''
  const name = nameInRun(servers.runId, system.name, 'template')
  await createDatabase(adminUrl, name, owner)
  const known = { [system.name]: { template: { name, owner }, roles } }
  await runTemplateCommands({ ...servers, postgres: { adminUrl, systems: known } }, system, name)
  for (const [role, memberships] of Object.entries(groups)) {
    await grantMembership(adminUrl, roles[role] as (typeof roles)[string], memberships)
  }
  return { template: await sealTemplate(adminUrl, name, owner), roles }
}

async function runTemplateCommands(
  servers: Servers,
  definition: SystemDefinition,
  database: string,
): Promise<void> {
  const directory = mkdtempSync(join(servers.directory, `template-${definition.name}-`))
  const nothing = { processes: new Map(), redis: undefined, port: 0 }
  const services = servicesOf({ definition, servers, directory, database, ...nothing })
  for (const { command, env } of definition.postgres?.template ?? []) {
    const [program, ...args] = command
    try {
      await run(program, args, {
        cwd: definition.directory,
        env: { ...plainEnvironment(servers.runId), ...env?.(services) },
        timeout: commandTimeoutMs,
      })
    } catch (error) {
      const { stderr, stdout, message } = error as { stderr?: string; stdout?: string } & Error
      const problem = `${command.join(' ')}: ${(stderr || stdout || message).trim().slice(-1_500)}`
      throw new EtalonError(
        'ETALON_MIGRATION_FAILED',
        { system: definition.name, problem },
        { cause: error },
      )
    }
  }
}
