// Whether memory grows with the number of requests: 60 million of them, or as many as REQUESTS says, with
// the memory at steps on the way. The driver keeps what its threads record, whose size depends on the
// threads, names and timeout; who asked for the load keeps the histograms of every second.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { drive } from '../packages/etalon/src/instruments/load/driver/driver.ts'
import { users } from '../packages/etalon/src/instruments/load/index.ts'
import { formatCount, formatQuantity } from '../packages/etalon/src/kernel/units.ts'
import type { Benchmark } from './benchmark.ts'

const requestsMax = Number(process.env['REQUESTS'] ?? 60e6)
const secondsMax = 7_200

const loadMemory: Benchmark = async () => {
  const server = fork(new URL('load-engine/server.ts', import.meta.url).pathname)
  const [port] = (await once(server, 'message')) as [number]
  const abort = new AbortController()
  const steps = [1e6, 2e6, 5e6, 10e6, 20e6, 40e6].filter((count) => count < requestsMax)
  const milestones = [...steps, requestsMax]
  const rows: string[] = []
  const driven = drive(
    {
      host: '127.0.0.1',
      port,
      shape: users(50),
      durationMs: secondsMax * 1_000,
      warmUpMs: 0,
      timeoutMs: 10_000,
      threads: 1,
      connections: 50,
      seed: 'bench',
      series: ['GET /'],
      work: {
        lane: 'fast',
        requests: [{ series: 0, method: 'GET', path: '/', headers: {} }],
      },
    },
    {
      signal: abort.signal,
      onProgress: ({ elapsedMs, ended, residentBytes }) => {
        const next = milestones[rows.length]
        if (next === undefined) abort.abort()
        else if (ended >= next) {
          const asker = process.memoryUsage.rss()
          const memory = [residentBytes, asker].map((bytes) => formatQuantity(bytes, 'bytes'))
          const rateHz = formatQuantity(ended / (elapsedMs / 1_000), 'Hz')
          rows.push(`| ${[formatCount(next), rateHz, ...memory].join(' | ')} |`)
        }
      },
    },
  )
  try {
    await driven
  } catch (error) {
    if (!abort.signal.aborted) throw error
  } finally {
    server.disconnect()
  }
  return [
    '| requests | rate so far | memory of the driver | memory of who asked for the load |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

export default loadMemory
