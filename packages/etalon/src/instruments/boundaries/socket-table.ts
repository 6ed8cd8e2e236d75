import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'

/** One end of a TCP connection, or a listening socket, as the kernel lists it. */
export interface SocketEntry {
  readonly localPort: number
  readonly remotePort: number
  readonly remoteAddress: string
  readonly state: 'listening' | 'open' | 'closed'
  /** Names the socket while a process holds it; `0` afterwards. */
  readonly inode: string
}

/** States of a socket in `/proc/net/tcp` (Linux's tcp_states.h). */
const timeWait = '06'
const listen = '0A'

/** All TCP sockets of this machine's network namespace (`/proc/net/tcp{,6}`, proc(5)). */
export function socketTable(): SocketEntry[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    linesOf(file).map((line): SocketEntry => {
      const fields = line.trim().split(/\s+/)
      const [local = '', remote = '', state = ''] = [fields[1], fields[2], fields[3]]
      return {
        localPort: portOf(local),
        remotePort: portOf(remote),
        remoteAddress: addressOf(remote),
        state: state === listen ? 'listening' : state === timeWait ? 'closed' : 'open',
        inode: fields[9] ?? '0',
      }
    }),
  )
}

/** The sockets that a process holds open, by their inodes; none when it has ended. */
export function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      try {
        const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`)
        return target.startsWith('socket:[') ? [target.slice('socket:['.length, -1)] : []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

/** Whether an address or host name means this machine. */
export function isLocal(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  if (plain === 'localhost' || plain.startsWith('127.') || plain === '::1') return true
  if (plain === '0.0.0.0' || plain === '::') return true
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((one) => one.address === plain),
  )
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').trimEnd().split('\n').slice(1)
  } catch {
    return []
  }
}

function portOf(end: string): number {
  return Number.parseInt(end.slice(end.indexOf(':') + 1), 16)
}

/** Words of an address stand in the byte order of the machine, which is little-endian here. */
function addressOf(end: string): string {
  const hex = end.slice(0, end.indexOf(':'))
  const bytes = [...hex.matchAll(/.{8}/g)].flatMap(([word]) =>
    [...word.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16)).toReversed(),
  )
  const mapped = bytes.length === 16 && /^0{16}0000FFFF/i.test(hex)
  if (bytes.length === 4 || mapped) return bytes.slice(-4).join('.')
  const isLoopback = bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1
  if (isLoopback) return '::1'
  const words = bytes.flatMap((byte, index) =>
    index % 2 === 0 ? [((byte << 8) | (bytes[index + 1] ?? 0)).toString(16)] : [],
  )
  return words.join(':')
}
