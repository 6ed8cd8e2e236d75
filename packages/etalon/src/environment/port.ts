import { createServer } from 'node:net'
import { EtalonError } from '../kernel/errors.ts'

// Below the range from which the kernel draws ports of outgoing connections (32768 on Linux), so
// that a load driver's own connections never occupy a port that a server is about to listen on.
const lowest = 15_000
const highest = 31_999

/** A port of 127.0.0.1 on which nothing listens now. Another process can still take it first. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1))
    if (await isFree(port)) return port
  }
  throw new EtalonError('ETALON_PORT_TAKEN', { port: `${lowest} to ${highest}` })
}

/** Refuses a port that is taken. @throws ETALON_PORT_TAKEN */
export async function requireFreePort(port: number): Promise<number> {
  if (await isFree(port)) return port
  throw new EtalonError('ETALON_PORT_TAKEN', { port })
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      probe.close(() => resolve(true)),
    )
  })
}
