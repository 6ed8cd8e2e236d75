import { createServer, type AddressInfo, type Server } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { connectPostgres } from './postgres.ts'

const authenticationOk = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0])
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

let server: Server | undefined

afterEach(() => server?.close())

/** A server that signs everybody in and hangs up at the first query. */
async function hangingUp(): Promise<string> {
  server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([authenticationOk, readyForQuery]))
      socket.once('data', () => socket.destroy())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `postgres://test@127.0.0.1:${(server.address() as AddressInfo).port}/test`
}

test('a connection lost in use fails its query and nothing else', async () => {
  const idle: Error[] = []
  const pool = connectPostgres({
    url: await hangingUp(),
    applicationName: 'test',
    poolMax: 2,
    statementTimeoutMs: 1_000,
    onIdleError: (error) => idle.push(error),
  })
  const client = await pool.connect()
  // As whoever holds a connection for several queries: the pool does not listen to it.
  await expect(client.query('select 1')).rejects.toThrow('Connection terminated')
  await expect(client.query('select 1')).rejects.toThrow()
  client.release()
  expect(idle).toEqual([])
  expect(pool.totalCount).toBe(0)
  await pool.end()
})
