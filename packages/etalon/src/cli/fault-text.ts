import type { FaultSpec, FaultTouch, InjectedFault, Link } from '../instruments/faults/index.ts'
import { counted } from '../report/counted.ts'
import { formatCount, formatQuantity } from '../kernel/units.ts'

/** What went through a link, and what its faults touched of it. */
export interface FaultCounts {
  readonly connections: number
  readonly open: number
  readonly bytesUp: number
  readonly bytesDown: number
  readonly faults: readonly { readonly fault: FaultSpec; readonly touch: FaultTouch }[]
}

/** Asks a link for its counts as they are now. */
export async function countsOf(
  link: Link,
  injected: readonly InjectedFault[],
): Promise<FaultCounts> {
  const traffic = await link.traffic()
  const faults = await Promise.all(
    injected.map(async (one) => ({ fault: one.spec, touch: await one.touch() })),
  )
  return { ...traffic, faults }
}

/** The counts in lines: one of the link, one of each fault. */
export function describeCounts({
  connections,
  open,
  bytesUp,
  bytesDown,
  faults,
}: FaultCounts): string {
  const traffic = [
    `${counted(connections, 'connection')}, ${formatCount(open)} open`,
    `${formatQuantity(bytesUp, 'bytes')} up`,
    `${formatQuantity(bytesDown, 'bytes')} down`,
  ].join('  ')
  const lines = faults.map(({ fault, touch }) => `${describeFault(fault)}: ${describeTouch(touch)}`)
  return [traffic, ...lines].join('\n')
}

/** `cut after /^commit/`, `latency 50 ms`: a fault in a few words. */
export function describeFault({ kind, when, ...rest }: FaultSpec): string {
  const settings = Object.entries(rest)
    .filter(([, value]) => value !== false && value !== 0 && value !== 'both')
    .map(([name, value]) => `${name} ${String(value)}`)
  const moment = when?.message?.source
    ? [`${when.at === 'answer' ? 'after' : 'before'} /${when.message.source}/`]
    : []
  return [kind, ...settings, ...moment].join(' ')
}

function describeTouch({ connections, messages, bytes }: FaultTouch): string {
  if (connections === 0) return 'touched nothing'
  const size = formatQuantity(bytes, 'bytes')
  return `${counted(connections, 'connection')}, ${counted(messages, 'chunk')}, ${size}`
}
