import type { Child } from '../environment/child.ts'
import { limitCpu } from '../environment/cpu-limit.ts'
import { acceptedConnections } from '../environment/connections.ts'
import type { Instance } from '../environment/instance.ts'
import { limitMemory } from '../environment/memory-limit.ts'
import type { OwnPostgresServer } from '../environment/postgres/server.ts'
import { isRunning } from '../environment/process-table.ts'
import { familyOf, freeze, thaw } from '../environment/process-tree.ts'
import { limitStore } from '../environment/redis/memory.ts'
import type { OwnRedisServer, RedisServer } from '../environment/redis/server.ts'
import type { ProcessTarget } from '../instruments/faults/index.ts'

/** A program that runs and can be started again. */
interface Program {
  readonly child: () => Child
  readonly port: () => number
  /** The signal that asks it for an orderly end. */
  readonly stopSignal: NodeJS.Signals
  readonly startAgain: () => Promise<unknown>
}

/**
 * What faults of processes can be injected into on an instance: its processes by name, its own
 * Redis, and PostgreSQL where the instance has one of its own.
 */
export function processTargetsOf(
  instance: Pick<Instance, 'processes' | 'redis' | 'startAgain'>,
  postgres: OwnPostgresServer | undefined,
): ReadonlyMap<string, ProcessTarget> {
  const targets = new Map<string, ProcessTarget>()
  for (const name of instance.processes.keys()) {
    const current = (): { readonly child: Child; readonly port: number } => {
      const found = instance.processes.get(name)
      if (!found) throw new RangeError(`the instance has no process ${name}`)
      return found
    }
    const program: Program = {
      child: () => current().child,
      port: () => current().port,
      stopSignal: 'SIGTERM',
      startAgain: () => instance.startAgain(name),
    }
    targets.set(name, targetOf(program))
  }
  const { redis } = instance
  if (isOwn(redis)) {
    targets.set('redis', {
      ...targetOf(serverOf(redis, 'SIGTERM')),
      limitStore: (headroomBytes, policy) => limitStore(redis.url, headroomBytes, policy),
    })
  }
  // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, everything is written out.
  if (postgres) targets.set('postgres', targetOf(serverOf(postgres, 'SIGINT')))
  return targets
}

function serverOf(server: OwnPostgresServer | OwnRedisServer, stopSignal: NodeJS.Signals): Program {
  return {
    child: () => server.child,
    port: () => server.port,
    stopSignal,
    startAgain: () => server.startAgain(),
  }
}

function targetOf({ child, port, stopSignal, startAgain }: Program): ProcessTarget {
  const pids = (): number[] => familyOf(child().pid)
  return {
    connections: () => acceptedConnections(port()),
    pids,
    kill: () => child().kill(),
    stop: async () => {
      await child().stop(stopSignal)
    },
    freeze: () => freeze(child().pid),
    thaw,
    limitCpu: (share) => limitCpu(() => child().pid, share),
    limitMemory: (headroomBytes) => limitMemory(pids(), headroomBytes),
    isRunning: () => isRunning(child().pid),
    startAgain: async () => {
      await startAgain()
    },
  }
}

function isOwn(redis: RedisServer | undefined): redis is OwnRedisServer {
  return redis !== undefined && 'startAgain' in redis
}
