import { CircuitBreaker, loadConfig, printDemo, systemClock, withPool } from 'service-kit'
import { databaseEnvironment } from './config.ts'
import { Database } from './database/database.ts'
import { PoolMeter } from './database/pool-meter.ts'
import { fillDemo } from './demo/content.ts'

const { DATABASE_URL: url } = loadConfig(databaseEnvironment)
const fill = () =>
  withPool({ url, applicationName: 'jeex-demo' }, (pool) => {
    const database = new Database({
      pool,
      meter: new PoolMeter(pool),
      breaker: new CircuitBreaker({ failuresMax: 5, openMs: 500 }),
      waitingMax: 100,
      onStatement: () => undefined,
    })
    return fillDemo({ database, clock: systemClock })
  })
await printDemo(fill)
