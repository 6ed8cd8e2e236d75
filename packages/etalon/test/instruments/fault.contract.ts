import { createServer, connect, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../src/kernel/clock.ts'
import type { FaultSpec, Trigger } from '../../src/instruments/faults/fault.ts'
import { openLink, type InjectedFault, type Link } from '../../src/instruments/faults/link.ts'

/** A service that sends back what it gets. */
export function echoServer(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {})
      socket.pipe(socket)
    })
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, port: (server.address() as { port: number }).port })
    })
  })
}

/** Sends bytes and collects what comes back, up to a length or the end. */
export async function exchange(socket: Socket, data: Buffer, length: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let received = 0
  const done = new Promise<void>((resolve) => {
    const collect = (part: Buffer): void => {
      parts.push(part)
      received += part.length
      if (received >= length) resolve()
    }
    socket.on('data', collect)
    socket.once('close', () => resolve())
    socket.once('end', () => resolve())
  })
  socket.write(data)
  await done
  return Buffer.concat(parts)
}

/** Connects to a link. */
export async function dial(link: Link): Promise<Socket> {
  const socket = connect({ port: link.port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/**
 * What every kind of fault has to keep, whatever it does while it is at work.
 *
 * @param make a fault of the kind, with this trigger
 */
export function describeFaultContract(kind: string, make: (when: Trigger) => FaultSpec): void {
  describe(`a fault of kind ${kind}`, () => {
    let server: Server
    let link: Link
    const payload = Buffer.alloc(300_000, 'etalon ')

    beforeAll(async () => {
      const echo = await echoServer()
      server = echo.server
      link = await openLink({ host: '127.0.0.1', port: echo.port, protocol: 'tcp', seed: 's' })
    })
    afterAll(async () => {
      await link.close()
      server.close()
    })

    test('leaves connections alone that its trigger does not take', async () => {
      const fault = await link.inject(make({ connections: [2, 2] }))
      const socket = await dial(link)
      expect(await exchange(socket, payload, payload.length)).toEqual(payload)
      socket.destroy()
      expect(await fault.heal()).toEqual({ connections: 0, messages: 0, bytes: 0 })
    })

    test('tells what it touched, and healing twice is healing once', async () => {
      const fault = await link.inject(make({ connections: [1, 1] }))
      const socket = await dial(link)
      socket.end('hello')
      await untilTouched(fault)
      const touch = await fault.heal()
      expect(touch.connections).toBe(1)
      expect(await fault.heal()).toEqual(touch)
      expect(await fault.touch()).toEqual(touch)
      socket.destroy()
    })

    test('once healed, new connections pass unchanged', async () => {
      const fault = await link.inject(make({ connections: [1, 1] }))
      const before = await dial(link)
      before.end('hello')
      await untilTouched(fault)
      await fault.heal()
      before.destroy()
      const socket = await dial(link)
      expect(await exchange(socket, payload, payload.length)).toEqual(payload)
      socket.destroy()
    })

    test('is refused when it asks for what no kind does', async () => {
      await expect(link.inject({ kind: 'gremlins' })).rejects.toThrow(
        /expected a fault of .*gremlins/,
      )
    })
  })
}

async function untilTouched(fault: InjectedFault): Promise<void> {
  const touched = await until(
    async () => ((await fault.touch()).connections > 0 ? true : undefined),
    { timeoutMs: 5_000, everyMs: 2 },
  )
  expect(touched).toBe(true)
}
