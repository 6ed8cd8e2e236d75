import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DirectWriter } from '../../../src/instruments/load/fast/direct-writer.ts'

// More than the kernel takes for a peer that does not read.
const manyBytes = 32 * 1_024 * 1_024

describe('writing past the stream', () => {
  let server: Server
  let near: Socket
  let far: Socket

  beforeEach(async () => {
    server = createServer({ pauseOnConnect: true })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    near = connect((server.address() as AddressInfo).port, '127.0.0.1')
    near.on('error', () => {})
  })

  afterEach(() => {
    near.destroy()
    far.destroy()
    server.close()
  })

  async function accepted(): Promise<void> {
    ;[far] = (await once(server, 'connection')) as [Socket]
  }

  async function received(bytes: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for await (const piece of far.resume()) {
      pieces.push(piece as Buffer)
      if (pieces.reduce((sum, { length }) => sum + length, 0) >= bytes) break
    }
    return Buffer.concat(pieces)
  }

  test('brings what was written before the connection was there, and after', async () => {
    const writer = new DirectWriter(near)
    writer.write(Buffer.from('one '))
    await accepted()
    expect((await received(4)).toString()).toBe('one ')
  })

  test('brings all of what the kernel does not take at once, in order', async () => {
    const writer = new DirectWriter(near)
    await Promise.all([accepted(), once(near, 'connect')])
    const long = Buffer.alloc(manyBytes, 'etalon ')
    for (const bytes of [long, Buffer.from('two '), Buffer.from('three')]) writer.write(bytes)
    // What waits in the kernel's place is not in the stream's: this went past it.
    expect(near.writableLength).toBe(0)
    const all = await received(manyBytes + 9)
    expect(all.subarray(0, manyBytes).equals(long)).toBe(true)
    expect(all.subarray(manyBytes).toString()).toBe('two three')
  })

  test('closes the socket when what waits can no longer be sent', async () => {
    near.destroy()
    const heard = Promise.withResolvers<void>()
    // Stops reading at the first byte, so that only the writing can notice the reset.
    const callback = (): boolean => {
      heard.resolve()
      return false
    }
    const { port } = server.address() as AddressInfo
    near = connect({ port, host: '127.0.0.1', onread: { buffer: Buffer.alloc(1), callback } })
    near.on('error', () => {})
    const closed = new Promise((resolve) => near.once('close', resolve))
    const writer = new DirectWriter(near)
    do await accepted()
    while (far.remotePort !== near.localPort)
    far.write('!')
    await heard.promise
    writer.write(Buffer.alloc(manyBytes))
    far.resetAndDestroy()
    await closed
    expect(() => writer.write(Buffer.from('more'))).not.toThrow()
  })
})
