import { loadConfig, withPool } from 'service-kit'
import { graphEnvironment } from './config.ts'
import { driftOf } from './graph/drift.ts'
import { connectNeo4j, neo4jGraph } from './graph/neo4j-graph.ts'
import { rebuildGraph } from './graph/rebuild.ts'

const statementTimeoutMs = 60_000

const env = loadConfig(graphEnvironment)
const options = {
  url: env.DATABASE_URL,
  applicationName: 'observatory-rebuild-graph',
  statementTimeoutMs,
}
const driver = connectNeo4j({
  url: env.NEO4J_URL,
  user: env.NEO4J_USER,
  password: env.NEO4J_PASSWORD,
})
try {
  const graph = neo4jGraph(driver, statementTimeoutMs)
  const { differences } = await withPool(options, async (pool) => {
    await rebuildGraph(pool, driver, graph)
    return driftOf(pool, graph)
  })
  process.stdout.write(`The graph is made anew; differences: ${differences}\n`)
} finally {
  await driver.close()
}
