import type { Session } from '../session.ts'
import type { RunCommand } from './command.ts'
import { databaseRights, type DatabaseRight } from './database-right.ts'
import type { Edge } from './edge.ts'
import type { BoundaryGround } from './ground.ts'
import { beginWatch, type Found } from './observation.ts'
import { connectionDoubts, serverDoubts } from './observation-doubt.ts'
import { redisRights, type RedisRights } from './redis-right.ts'
import type { Refusal } from './refusal.ts'
import { isLike, sectionOf, type Section } from './section.ts'
import type { RunStatement } from './statement.ts'

/** What is allowed, by who does it; who is not named may nothing. A kind left out is not watched. */
export interface Allowed {
  /** Names of processes, `redis`, `postgres`, `elsewhere`; `*` stands for anything. */
  readonly connections?: Readonly<Record<string, readonly string[]>>
  /** By role: the words that statements begin with, or patterns of their text. */
  readonly statements?: Readonly<Record<string, readonly (string | RegExp)[]>>
  /** By Redis user: commands; `*` stands for anything. */
  readonly commands?: Readonly<Record<string, readonly string[]>>
}

/** What was seen while a work ran, held against what is allowed. */
export interface BoundaryRun<Result> {
  readonly result: Result
  readonly connections: Section<Edge>
  readonly statements: Section<RunStatement>
  readonly commands: Section<RunCommand>
  /** What Redis users tried and were refused. */
  readonly refused: readonly Refusal[]
}

/** Shows what talks to what, and what each may. */
export interface Boundaries {
  /**
   * Watches an instance while `work` runs. Connections that its Node.js processes made before, since
   * they started, count as well.
   *
   * @throws ETALON_BOUNDARIES_UNAVAILABLE when what is asked for cannot be watched here
   */
  observe<Result>(allowed: Allowed, work: () => Promise<Result>): Promise<BoundaryRun<Result>>
  /**
   * What a database role may, held against privileges by object (`*` stands for anything):
   * `{ 'table public.*': ['SELECT'] }`.
   */
  databaseRights(
    role: string,
    allowed: Readonly<Record<string, readonly string[]>>,
  ): Promise<Section<DatabaseRight>>
  /** What a Redis user may. */
  redisRights(user: string): Promise<RedisRights>
}

/** Opens the instrument on an instance. */
export function createBoundaries(session: Session, ground: BoundaryGround): Boundaries {
  const { evidence } = session
  return {
    observe: async (allowed, work) => {
      const watching = await beginWatch(ground, allowed)
      try {
        const result = await work()
        const found = await watching.end()
        const run = runOf(allowed, found)
        evidence.record('boundaries', { allowed: shown(allowed), ...run, looks: found.looks })
        const { unseen } = run.connections
        const doubts = [
          ...(allowed.connections ? connectionDoubts(ground, found, unseen) : []),
          ...serverDoubts(found),
        ]
        for (const doubt of doubts) evidence.record('doubt', { doubt })
        return { result, ...run }
      } finally {
        watching.close()
      }
    },
    databaseRights: async (role, allowed) => {
      if (!ground.postgres) throw new RangeError('expected a system with a database, found none')
      const section = sectionOf(await databaseRights(ground.postgres, role), allowed, {
        whoOf: ({ object }) => object,
        matches: ({ privilege }, one) => isLike(one, privilege),
      })
      evidence.record('boundaries', { role, allowed, ...section })
      return section
    },
    redisRights: async (user) => {
      if (!ground.redis) throw new RangeError('expected a system with a Redis, found none')
      const rights = await redisRights(ground.redis, user)
      evidence.record('boundaries', { user, ...rights })
      return rights
    },
  }
}

function runOf(allowed: Allowed, found: Found): Omit<BoundaryRun<unknown>, 'result'> {
  return {
    connections: sectionOf(found.edges, allowed.connections ?? {}, {
      whoOf: ({ from }) => from,
      matches: ({ to }, one) => isLike(one, to),
    }),
    statements: sectionOf(found.statements, allowed.statements ?? {}, {
      whoOf: ({ role }) => role,
      matches: ({ verb, text }, one) =>
        typeof one === 'string' ? one.toLowerCase() === verb : one.test(text),
    }),
    commands: sectionOf(found.commands, allowed.commands ?? {}, {
      whoOf: ({ user }) => user,
      matches: ({ command }, one) => isLike(one.toLowerCase(), command),
    }),
    refused: found.refused,
  }
}

/** Patterns as text: evidence is JSON. */
function shown(allowed: Allowed): Readonly<Record<string, unknown>> {
  const statements = Object.entries(allowed.statements ?? {}).map(([role, ones]) => [
    role,
    ones.map(String),
  ])
  return { ...allowed, statements: Object.fromEntries(statements) as unknown }
}
