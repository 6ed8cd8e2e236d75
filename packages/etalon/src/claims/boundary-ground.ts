import type { Instance } from '../environment/instance.ts'
import type { OwnPostgresServer } from '../environment/postgres/server.ts'
import { familiesOf } from '../environment/process-tree.ts'
import type { OwnRedisServer } from '../environment/redis/server.ts'
import type { Servers } from '../environment/servers.ts'
import type { BoundaryGround, Party } from '../instruments/boundaries/index.ts'

/** Who there is on an instance: its processes, its servers, and this claim process with its children. */
export function boundaryGroundOf(facts: {
  readonly system: string
  readonly instance: Instance
  readonly servers: Servers
  /** The server, where the instance has one of its own. */
  readonly postgres: OwnPostgresServer | undefined
}): BoundaryGround {
  const { system, instance, servers, postgres } = facts
  const { redis } = instance
  const databases = servers.postgres?.systems[system]
  return {
    parties: [
      ...processesOf(instance),
      ...serversOf(facts),
      { name: 'etalon', kind: 'etalon', ports: () => [] },
    ],
    pids: () => {
      const roots = new Map([...instance.processes].map(([name, { child }]) => [child.pid, name]))
      if (redis && 'child' in redis) roots.set((redis as OwnRedisServer).child.pid, 'redis')
      if (postgres) roots.set(postgres.child.pid, 'postgres')
      const members = familiesOf(roots.set(process.pid, 'etalon'))
      // The run that this claim is part of; what else it started is not this instance's.
      return members.set(process.ppid, 'etalon')
    },
    ...(databases ? { postgres: { url: instance.adminUrl, roles: namesOf(databases.roles) } } : {}),
    ...(redis ? { redis: { url: redis.url, users: namesOf(redis.users) } } : {}),
  }
}

function processesOf({ processes }: Instance): Party[] {
  return [...processes].map(([name, { connectionsFile }]) => ({
    name,
    kind: 'process',
    connectionsFile,
    ports: () => [processes.get(name)?.port ?? 0],
  }))
}

/** A server is reached by its own port, and by that of the link in front of it. */
function serversOf({
  system,
  instance,
  servers,
  postgres,
}: Parameters<typeof boundaryGroundOf>[0]): Party[] {
  const parties: Party[] = []
  if (instance.redis) {
    const ports = [instance.redis.url, instance.services.redis.url].map(portOf)
    const shared = servers.redisUrl === undefined ? {} : { shared: true as const }
    parties.push({ name: 'redis', kind: 'server', ports: () => ports, ...shared })
  }
  if (servers.postgres?.systems[system]) {
    const ports = [instance.adminUrl, instance.services.postgres.url('owner')].map(portOf)
    const shared = postgres ? {} : { shared: true as const }
    parties.push({ name: 'postgres', kind: 'server', ports: () => ports, ...shared })
  }
  return parties
}

function portOf(url: string): number {
  return Number(new URL(url).port)
}

function namesOf(
  entries: Readonly<Record<string, { readonly name: string }>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, one]) => [name, one.name]))
}
