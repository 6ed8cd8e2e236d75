import { claim, type SystemHandle } from 'etalon'

interface Report {
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[]
}

/** The numbered databases of resilience, flows and the primary suite. */
const databases = [13, 14, 15]

/** Which of them the environment check finds not to be empty. */
async function notEmpty(system: SystemHandle): Promise<number[]> {
  const { stdout } = await system.run(
    ['node', 'src/producer/cli.ts', 'env-check'],
    ({ postgres, redis }) => ({ DATABASE_URL: postgres.url('producer'), REDIS_URL: redis.url }),
  )
  const { checks } = JSON.parse(stdout) as Report
  return databases.filter((database) =>
    checks.some(({ name, ok }) => name === `redis database ${database}` && !ok),
  )
}

claim('TICK-RED-14', { timeoutMs: 60_000 }, async ({ system, messages, prove }) => {
  prove('databases that are not empty before', await notEmpty(system)).isEmpty()
  for (const database of databases) {
    const redis = await messages.redis({ database })
    await redis.set('left-over', '1')
  }
  prove('those that hold a key', await notEmpty(system)).equals(databases)
  for (const database of databases) await (await messages.redis({ database })).flushDb()
  prove('databases that are not empty after', await notEmpty(system)).isEmpty()
})
