import neo4j, { type Driver } from 'neo4j-driver'
import {
  depthMax,
  pathMax,
  type Edge,
  type Graph,
  type Neighbour,
  type Node,
  type Path,
} from './graph.ts'

/** Where Neo4j is, and who asks. */
export interface Neo4jOptions {
  readonly url: string
  readonly user: string
  readonly password: string | undefined
}

/** Strengths have eight decimals: costs are added in whole numbers, so that none is nearly equal. */
const unit = 1e8

/** Opens a driver; the first connection is made by the first query. It gives up within seconds. */
export function connectNeo4j({ url, user, password }: Neo4jOptions): Driver {
  const identity = password === undefined ? undefined : neo4j.auth.basic(user, password)
  return neo4j.driver(url, identity, {
    disableLosslessIntegers: true,
    connectionTimeout: 1_000,
    connectionAcquisitionTimeout: 2_000,
    maxTransactionRetryTime: 1_000,
  })
}

/** The graph that Neo4j has of the relationships, as far as it has followed them. */
export function neo4jGraph(driver: Driver, timeoutMs: number): Graph {
  async function ask<Row extends object>(text: string, values: object = {}): Promise<Row[]> {
    // A query by itself is tried once. One that the driver repeats takes seconds to fail, in which
    // the stand-in has answered, or whoever asked could have been told.
    const session = driver.session({ defaultAccessMode: neo4j.session.READ })
    try {
      const { records } = await session.run(text, values, { timeout: timeoutMs })
      return records.map((record) => record.toObject() as Row)
    } finally {
      await session.close()
    }
  }

  return {
    name: 'neo4j',
    neighbours: (id, depth, limit) =>
      ask<Neighbour>(neighboursWithin(Math.min(depth, depthMax)), { id, limit: neo4j.int(limit) }),
    async path(ecosystem, from, to) {
      if (from === to) return { ids: [from], cost: 0 }
      const [found] = await ask<Path>(closest, { ecosystem, from, to, unit })
      return found && { ids: found.ids, cost: found.cost / unit }
    },
    async network(ecosystem) {
      const [nodes, edges] = await Promise.all([
        ask<Node>(nodesOf, { ecosystem }),
        ask<Omit<Edge, 'last'> & { last: number | null }>(edgesOf, { ecosystem }),
      ])
      return {
        nodes,
        edges: edges.map((edge) => ({
          ...edge,
          last: edge.last === null ? null : new Date(edge.last),
        })),
      }
    },
    async ecosystems() {
      const rows = await ask<{ id: string }>(
        'match (who:Character) return distinct who.ecosystem_id as id',
      )
      return rows.map(({ id }) => id)
    },
  }
}

/** The number of steps stands in the text, because the pattern takes no parameter there. */
const neighboursWithin = (depth: number): string => `
  match way = (:Character {id: $id})-[:KNOWS*1..${depth}]-(other:Character)
  where other.id <> $id
  with other, min(length(way)) as distance
  return other.id as id, other.name as name, distance
  order by distance, name, id limit $limit`

const closest = `
  match (one:Character {id: $from, ecosystem_id: $ecosystem})
  match (other:Character {id: $to, ecosystem_id: $ecosystem})
  match way = allShortestPaths((one)-[:KNOWS*..${pathMax}]-(other))
  return [who in nodes(way) | who.id] as ids,
    reduce(cost = 0, step in relationships(way) |
      cost + toInteger(round((1 - step.strength) * $unit))) as cost
  order by cost, ids limit 1`

const nodesOf = `
  match (who:Character {ecosystem_id: $ecosystem})
  return who.id as id, who.name as name order by id`

const edgesOf = `
  match (one:Character {ecosystem_id: $ecosystem})-[knows:KNOWS]->(other:Character)
  return one.id as a, other.id as b, knows.strength as strength, knows.trust as trust,
    knows.familiarity as familiarity, knows.type as type, knows.count as count,
    knows.last.epochMillis as last
  order by a, b`
