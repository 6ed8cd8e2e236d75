import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { until } from '../kernel/clock.ts'
import { EtalonError } from '../kernel/errors.ts'
import { stateDirectory } from './directory.ts'

// Below the range from which the kernel draws ports of outgoing connections (32768 on Linux), so
// that a load driver's own connections never occupy a port that a server is about to listen on.
const lowest = 15_000
const highest = 31_999

/** A port of 127.0.0.1 on which nothing listens now. Another process can still take it first. */
export function freePort(): Promise<number> {
  return drawPort(isFree)
}

/**
 * A free port that no other process of any run is given before this run is over. Two servers that
 * were told the same port would both look ready: the one that could not listen, by the other's
 * answer.
 */
export function reservePort(runId: string): Promise<number> {
  return drawPort(async (port) => {
    // Looking whether a port is free occupies it for a moment, so it is reserved first.
    if (!reserve(port, runId)) return false
    if (await isFree(port)) return true
    rmSync(reservationOf(port), { force: true })
    return false
  })
}

/** Gives up what a run reserved. */
export function releasePorts(runId: string): void {
  for (const port of readdirSync(reservations())) {
    if (holderOf(port) === runId) rmSync(reservationOf(port), { force: true })
  }
}

/**
 * Refuses a port that is taken.
 *
 * @param patienceMs how long it may take to become free: who listened there may just be ending
 * @throws ETALON_PORT_TAKEN
 */
export async function requireFreePort(port: number, patienceMs = 0): Promise<number> {
  const look = async (): Promise<true | undefined> => ((await isFree(port)) ? true : undefined)
  if (await until(look, { timeoutMs: patienceMs })) return port
  throw new EtalonError('ETALON_PORT_TAKEN', { port })
}

async function drawPort(suits: (port: number) => Promise<boolean>): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1))
    if (await suits(port)) return port
  }
  throw new EtalonError('ETALON_PORT_TAKEN', { port: `${lowest} to ${highest}` })
}

/** Reservations are files, because every claim process draws ports for itself. */
function reserve(port: number, runId: string): boolean {
  try {
    writeFileSync(reservationOf(port), runId, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function holderOf(port: string): string | undefined {
  try {
    return readFileSync(reservationOf(port), 'utf8')
  } catch {
    return undefined
  }
}

function reservationOf(port: number | string): string {
  return join(reservations(), String(port))
}

function reservations(): string {
  const directory = join(stateDirectory(), 'ports')
  mkdirSync(directory, { recursive: true })
  return directory
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
