import type { Doubt } from '../../kernel/doubt.ts'
import { readConnectionRecord } from './connection-record.ts'
import type { BoundaryGround } from './ground.ts'
import type { Found } from './observation.ts'

/** Why the connections that were found may not be all: grave where one was and nobody knows whose. */
export function connectionDoubts(
  ground: BoundaryGround,
  found: Found,
  /** Connections that are allowed and were not seen. */
  unseen: readonly string[],
): Doubt[] {
  const doubts = found.unattributed.map(({ to, count, addresses }): Doubt => {
    const message = `${count} connections to ${to} (${addresses.join(', ')}) were over before it was seen who made them`
    return { kind: 'unattributed', message }
  })
  if (unseen.length > 0) {
    const message = `allowed and never seen: ${unseen.join(', ')}`
    doubts.push({ kind: 'unseen', message })
  }
  const silent = silentOf(ground)
  if (silent.length > 0) {
    const message = `not all that runs in ${silent.join(', ')} notes its connections, so that attempts that failed at once were not seen`
    doubts.push({ kind: 'unseen', message })
  }
  if (process.platform !== 'linux') {
    const message = 'this machine shows no table of sockets: only what Node.js noted was seen'
    doubts.push({ kind: 'unseen', message })
  }
  return doubts
}

/** Why what was done on the servers may not be all of it. */
export function serverDoubts({ unattributedCommands, gap, forgotten }: Found): Doubt[] {
  const problems: string[] = []
  if (unattributedCommands > 0) {
    problems.push(
      `${unattributedCommands} Redis commands came on connections that were over too soon`,
    )
  }
  if (gap !== undefined) problems.push(gap)
  if (forgotten > 0) problems.push(`PostgreSQL has forgotten statements ${forgotten} times`)
  return problems.map((problem) => {
    return { kind: 'unattributed', message: `not everything was attributed: ${problem}` }
  })
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
