import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { nowUs } from '../../../src/instruments/load/driver/clock.ts'
import { FastLane } from '../../../src/instruments/load/fast/fast-lane.ts'
import { prepareRequest } from '../../../src/instruments/load/fast/request-bytes.ts'
import { bucketOf } from '../../../src/instruments/load/histogram/log-linear.ts'
import { Book, bookBytes, bucketsFor } from '../../../src/instruments/load/recording/book.ts'
import { Recorder } from '../../../src/instruments/load/recording/recorder.ts'

test('a driver that noticed too late is late also for what then waits for a connection', async () => {
  const server = createServer((_request, response) => response.end('ok'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const layout = { ring: 2, series: 1, buckets: bucketsFor(10_000) }
  const book = new Book(new SharedArrayBuffer(bookBytes(layout)), layout)
  const recorder = new Recorder(book, 2_000)
  const noticedUs = nowUs()
  const dueUs = noticedUs - 1_200_000
  recorder.measureFrom(dueUs)
  const planned = { series: 0, name: '/', method: 'GET', path: '/', headers: {}, weight: 1 }
  const ended = await new Promise<number>((resolve) => {
    let count = 0
    const lane = new FastLane({
      host: '127.0.0.1',
      port,
      requests: [prepareRequest(planned, '127.0.0.1')],
      connections: 1,
      timeoutMs: 60_000,
      recorder,
      onEnded() {
        count += 1
        if (count < 3) return
        lane.close()
        resolve(count)
      },
    })
    for (const ticket of [0, 1, 2]) lane.begin(ticket, dueUs, noticedUs)
  })
  server.close()
  expect(ended).toBe(3)
  expect(book.lateness[bucketOf(1_200_000)]).toBe(3)
})
