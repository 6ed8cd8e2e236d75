// Our driver: etalon-driver.ts <port> <seconds> <fast|scenario>, with latency from due time, its
// histograms and its watch over itself. What is judged of them afterwards is not the driver's.
import { drive } from '../../packages/etalon/src/instruments/load/driver/driver.ts'
import { users } from '../../packages/etalon/src/instruments/load/index.ts'
import type { PlannedWork } from '../../packages/etalon/src/instruments/load/plan.ts'

const [port = '', seconds = '1', lane = 'fast'] = process.argv.slice(2)
const module = new URL('one-step.scenario.ts', import.meta.url).href
const work: PlannedWork =
  lane === 'fast'
    ? { lane: 'fast', requests: [{ series: 0, method: 'GET', path: '/', headers: {} }] }
    : { lane: 'full', module, data: undefined }

await drive({
  host: '127.0.0.1',
  port: Number(port),
  shape: users(50),
  durationMs: Number(seconds) * 1_000,
  warmUpMs: 0,
  timeoutMs: 10_000,
  threads: 1,
  connections: 50,
  seed: 'bench',
  series: lane === 'fast' ? ['GET /'] : ['scenario', 'get'],
  work,
})
