import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../kernel/clock.ts'
import { elsewhere, type BoundaryGround } from './ground.ts'
import { socketTable, socketsOf, type SocketEntry } from './socket-table.ts'

/** A connection that stood in the kernel's table when it was looked at. */
export interface SeenConnection {
  readonly atMs: number
  /** Who made it; not known when its socket belongs to nobody of the instance. */
  readonly from: string | undefined
  readonly localPort: number
  readonly address: string
  readonly port: number
}

/** What the kernel's table has shown. */
export interface Sightings {
  readonly connections: readonly SeenConnection[]
  /** Who listens at which port. */
  readonly listeners: ReadonlyMap<number, string>
  /** Ports from which Etalon itself has connected. */
  readonly ownPorts: ReadonlySet<number>
  readonly looks: number
}

const everyMs = 20
const partiesEveryMs = 200

/**
 * Looks at the kernel's table of TCP sockets every 20 ms and finds out whose they are. What was opened
 * and closed between two looks leaves an end without an owner for a minute (TIME_WAIT), by which
 * it is still seen that there was a connection, though not whose.
 */
export class ConnectionWatch {
  readonly #ground: BoundaryGround
  readonly #connections = new Map<string, SeenConnection>()
  readonly #listeners = new Map<number, string>()
  readonly #owners = new Map<string, string>()
  /** Sockets for which nobody was found once; it may be that they were just being closed. */
  readonly #suspects = new Set<string>()
  readonly #foreign = new Set<string>()
  readonly #ownPorts = new Set<number>()
  /** Connections of which an end was over before the watch began. */
  readonly #before: ReadonlySet<string>
  readonly #over = new AbortController()
  #pids: ReadonlyMap<number, string> = new Map()
  #pidsAtMs = Number.NEGATIVE_INFINITY
  #looks = 0

  constructor(ground: BoundaryGround) {
    this.#ground = ground
    const ended = socketTable().filter(({ inode }) => inode === '0')
    this.#before = new Set(
      ended.flatMap(({ localPort: one, remotePort: other }) => [
        `${one}>${other}`,
        `${other}>${one}`,
      ]),
    )
  }

  /** Looks until `stop`; resolves when the last look is done. */
  async run(): Promise<void> {
    subscribe('net.client.socket', this.#noteOwn)
    try {
      while (!this.#over.signal.aborted) {
        this.#look()
        await delay(everyMs, undefined, { signal: this.#over.signal }).catch(() => {})
      }
      // Twice, because what still stands is a stranger's only once it was looked at again.
      for (const _last of [1, 2]) {
        this.#pidsAtMs = Number.NEGATIVE_INFINITY
        this.#look()
      }
    } finally {
      unsubscribe('net.client.socket', this.#noteOwn)
    }
  }

  stop(): void {
    this.#over.abort()
  }

  sightings(): Sightings {
    return {
      connections: [...this.#connections.values()],
      listeners: this.#listeners,
      ownPorts: this.#ownPorts,
      looks: this.#looks,
    }
  }

  readonly #noteOwn = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket }
    socket.once('connect', () => this.#ownPorts.add(socket.localPort ?? 0))
  }

  #look(): void {
    this.#looks += 1
    const atMs = Date.now()
    const table = socketTable()
    this.#findOwners(table)
    for (const entry of table) {
      const owner = this.#owners.get(entry.inode)
      if (entry.state === 'listening' && owner) this.#listeners.set(entry.localPort, owner)
    }
    for (const { name, ports } of this.#ground.parties) {
      for (const port of ports()) this.#listeners.set(port, name)
    }
    for (const entry of table) {
      if (entry.state !== 'listening') this.#see(entry, atMs)
    }
  }

  /** Both ends of a connection over loopback are in the table; it is kept as its maker sees it. */
  #see(entry: SocketEntry, atMs: number): void {
    const { localPort, remotePort, remoteAddress: address, inode } = entry
    const owner = this.#owners.get(inode) ?? (this.#foreign.has(inode) ? elsewhere : undefined)
    const accepted = this.#listeners.has(localPort) && !this.#listeners.has(remotePort)
    if (accepted) {
      this.#keep({ atMs, from: undefined, localPort: remotePort, address, port: localPort })
    } else if (this.#listeners.has(remotePort) || (owner && owner !== elsewhere)) {
      this.#keep({ atMs, from: owner, localPort, address, port: remotePort })
    }
  }

  #keep(connection: SeenConnection): void {
    const key = `${connection.localPort}>${connection.port}`
    if (connection.from === undefined && this.#before.has(key)) return
    const known = this.#connections.get(key)
    if (known?.from !== undefined) return
    this.#connections.set(key, { ...connection, atMs: known?.atMs ?? connection.atMs })
  }

  /** Descriptors are read again only when there is a socket nobody has been found for. */
  #findOwners(table: readonly SocketEntry[]): void {
    const unknown = table
      .map(({ inode }) => inode)
      .filter((inode) => inode !== '0' && !this.#owners.has(inode) && !this.#foreign.has(inode))
    if (unknown.length === 0) return
    const isFresh = monotonicMs() - this.#pidsAtMs > partiesEveryMs
    if (isFresh) {
      this.#pidsAtMs = monotonicMs()
      this.#pids = this.#ground.pids()
    }
    for (const [pid, name] of this.#pids) {
      for (const inode of socketsOf(pid)) this.#owners.set(inode, name)
    }
    if (!isFresh) return
    for (const inode of unknown.filter((one) => !this.#owners.has(one))) {
      if (this.#suspects.has(inode)) this.#foreign.add(inode)
      else this.#suspects.add(inode)
    }
  }
}
