import { readFileSync } from 'node:fs'

const established = '01'

/**
 * How many established connections a port of this machine has accepted, by the kernel's table
 * (`/proc/net/tcp`, proc(5)); 0 where there is none. Both ends of a connection over loopback stand
 * in the table, and only the one that was accepted has the port as its local one.
 */
export function acceptedConnections(port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap(linesOf)
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([_slot, local = '', _remote, state]) => state === established && local.endsWith(suffix),
    ).length
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n').slice(1)
  } catch {
    return []
  }
}
