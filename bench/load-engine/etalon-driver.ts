// Our driver: etalon-driver.ts <url> <seconds> <fast|scenario>, latency from due time and all.
import { createLoad, users } from '../../packages/etalon/src/instruments/load/index.ts'
import { plainSession } from '../../packages/etalon/src/instruments/plain-session.ts'

const [url = '', seconds = '1', lane = 'fast'] = process.argv.slice(2)
await createLoad(plainSession())(users(50), {
  url,
  durationMs: Number(seconds) * 1_000,
  warmUpMs: 0,
  threads: 1,
  ...(lane === 'fast'
    ? { requests: [{ path: '/' }] }
    : { scenario: new URL('one-step.scenario.ts', import.meta.url) }),
})
