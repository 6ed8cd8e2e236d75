import { EventEmitter } from 'node:events'
import type { Pool, PoolClient } from 'pg'
import { expect, test } from 'vitest'
import { connectionReuse, PoolMeter, poolEfficiency } from '../src/database/pool-meter.ts'

test('efficiency and reuse are what the specification says', () => {
  const pool = new EventEmitter() as unknown as Pool
  const meter = new PoolMeter(pool)
  const [first, second] = [{} as PoolClient, {} as PoolClient]
  pool.emit('connect', first)
  pool.emit('connect', second)
  for (const client of [first, second, first, first, second, first, first, first]) {
    meter.acquired(client, 2)
  }
  expect(meter.figures).toMatchObject({ acquisitions: 8, opened: 2, served: 6, waitMsTotal: 16 })
  expect(poolEfficiency(meter.figures)).toBe(0.75)
  expect(connectionReuse(meter.figures)).toBe(0.75)
})
