import type { Doubt } from '../../kernel/doubt.ts'
import { readConnectionRecord } from './connection-record.ts'
import type { BoundaryGround } from './ground.ts'
import type { Found } from './observation.ts'

/** Why what was found may not be all: grave where something was and nobody knows whose. */
export function doubtsOf(
  ground: BoundaryGround,
  found: Found,
  /** Connections that are allowed and were not seen. */
  unseen: readonly string[],
): Doubt[] {
  const doubts: Doubt[] = []
  for (const { to, count, addresses } of found.unattributed) {
    const message = `${count} connections to ${to} (${addresses.join(', ')}) were over before it was seen who made them`
    doubts.push({ kind: 'unattributed', message })
  }
  if (unseen.length > 0) {
    const message = `allowed and never seen: ${unseen.join(', ')}`
    doubts.push({ kind: 'unseen', message })
  }
  const silent = silentOf(ground)
  if (silent.length > 0) {
    const message = `not all that runs in ${silent.join(', ')} notes its connections, so that attempts that failed at once were not seen`
    doubts.push({ kind: 'unseen', message })
  }
  if (found.unattributedCommands > 0) {
    const message = `${found.unattributedCommands} Redis commands came on connections that were over before it was seen whose they are`
    doubts.push({ kind: 'unattributed', message })
  }
  if (found.gap !== undefined || found.forgotten > 0) {
    const message = found.gap ?? `PostgreSQL has forgotten statements ${found.forgotten} times`
    doubts.push({ kind: 'unattributed', message: `not everything was watched: ${message}` })
  }
  return doubts
}

/** The processes of which not every part runs on Node.js. */
function silentOf(ground: BoundaryGround): string[] {
  const pids = [...ground.pids()]
  return ground.parties.flatMap(({ name, kind, connectionsFile }) => {
    if (kind !== 'process') return []
    const noting = readConnectionRecord(connectionsFile).pids
    return pids.some(([pid, of]) => of === name && !noting.has(pid)) ? [name] : []
  })
}
