import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { buildSystem } from '../environment/build.ts'
import type { InstanceOptions } from '../environment/instance.ts'
import type { Servers } from '../environment/servers.ts'
import type { SystemDefinition } from '../environment/system-definition.ts'
import { makeTemplate } from '../environment/system-template.ts'
import { findBase } from './comparison-side.ts'
import { previousRevision } from './previous-revision.ts'
import type { ConfiguredSystem } from './system-config.ts'

/** A system as an earlier revision has it, and how an instance of it is started. */
export interface EarlierRevision {
  readonly system: ConfiguredSystem
  readonly commit: string
  readonly instanceOptions: Omit<InstanceOptions, 'name'>
}

/**
 * Takes a system from an earlier revision, builds it and migrates a template for it on the servers
 * of an instance. Nothing that a defect plants is in it, and it keeps the time of the machine.
 *
 * @param revision the latest in which the system was another, unless given
 * @throws ETALON_REVISION_MISSING, ETALON_REVISION_WITHOUT_SYSTEM, ETALON_BUILD_FAILED,
 *   ETALON_MIGRATION_FAILED
 */
export async function earlierRevision(
  system: ConfiguredSystem,
  { servers, logs }: InstanceOptions,
  revision?: string,
): Promise<EarlierRevision> {
  const directory = dirname(system.configFile)
  const id = randomBytes(4).toString('hex')
  const found = await findBase({
    directory,
    system,
    given: revision ?? (await previousRevision(system)),
    into: join(servers.directory, `earlier-${id}`),
  })
  // A name of its own, because databases and roles of a run are named by their system.
  const definition = { ...found.system.definition, name: `${system.config.name}-${id}` }
  await buildSystem(definition, servers.runId)
  const instanceOptions = { definition, logs, servers: await withTemplate(servers, definition) }
  return { system: found.system, commit: found.commit, instanceOptions }
}

async function withTemplate(servers: Servers, definition: SystemDefinition): Promise<Servers> {
  const { postgres } = servers
  if (!postgres || !definition.postgres) return servers
  const databases = await makeTemplate(servers, definition)
  const systems = { ...postgres.systems, [definition.name]: databases }
  return { ...servers, postgres: { ...postgres, systems } }
}
