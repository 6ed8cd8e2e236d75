import { commandsOf, type RunCommand } from './command.ts'
import { CommandWatch, type WatchedCommands } from './command-watch.ts'
import { ConnectionWatch, type Sightings } from './connection-watch.ts'
import { edgesOf, type Edges } from './edge.ts'
import type { BoundaryGround } from './ground.ts'
import type { Refusal } from './refusal.ts'
import {
  countStatements,
  statementsBetween,
  type RunStatement,
  type StatementCounts,
} from './statement.ts'

/** The kinds of what can be watched. */
export interface Watched {
  readonly connections?: unknown
  readonly statements?: unknown
  readonly commands?: unknown
}

const noEdges: Edges = { edges: [], unattributed: [] }

/** What was found while an instance was watched. */
export interface Found extends Edges {
  readonly looks: number
  readonly statements: readonly RunStatement[]
  readonly forgotten: number
  readonly commands: readonly RunCommand[]
  readonly unattributedCommands: number
  readonly refused: readonly Refusal[]
  readonly gap: string | undefined
}

/** A watch under way. */
export interface Watching {
  end(): Promise<Found>
  close(): void
}

/** Connections are always watched: by them Etalon's own Redis commands are told from others. */
export async function beginWatch(ground: BoundaryGround, allowed: Watched): Promise<Watching> {
  const { postgres, redis } = ground
  if (allowed.statements && !postgres) throw new RangeError('expected a system with a database')
  if (allowed.commands && !redis) throw new RangeError('expected a system with a Redis')
  const connections = new ConnectionWatch(ground)
  const looking = connections.run()
  const commandWatch = allowed.commands && redis ? new CommandWatch(redis) : undefined
  const close = (): void => {
    connections.stop()
    commandWatch?.close()
  }
  try {
    await commandWatch?.begin()
    const count = async (): Promise<StatementCounts> =>
      allowed.statements && postgres ? countStatements(postgres) : { statements: [], forgotten: 0 }
    const before = await count()
    return {
      close,
      end: async () => {
        const watched: WatchedCommands = (await commandWatch?.end()) ?? { tallies: [], refused: [] }
        const after = await count()
        connections.stop()
        await looking
        const sightings = connections.sightings()
        const commands = commandsOf(watched.tallies, ownPort(sightings))
        return {
          ...(allowed.connections ? edgesOf(ground.parties, sightings) : noEdges),
          looks: sightings.looks,
          statements: statementsBetween(before, after),
          forgotten: after.forgotten - before.forgotten,
          commands: commands.commands,
          unattributedCommands: commands.unattributed,
          refused: watched.refused,
          gap: watched.gap,
        }
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

function ownPort({ ownPorts, connections }: Sightings): (port: number) => boolean {
  const seen = new Set(
    connections.filter(({ from }) => from === 'etalon').map(({ localPort }) => localPort),
  )
  return (port) => ownPorts.has(port) || seen.has(port)
}
