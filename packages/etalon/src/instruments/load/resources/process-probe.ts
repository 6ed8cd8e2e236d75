import { readdirSync, readFileSync } from 'node:fs'
import { EventLoop } from './event-loop.ts'
import type { Probe, Reading } from './probe.ts'

// Linux counts processor time in hundredths of a second on every platform Node.js runs on.
const ticksPerSecond = 100
const pageBytes = 4_096

/**
 * Watches a process by /proc: `cpuShare` (of one processor, since the last look), `residentBytes`,
 * `openFiles`, `threads`; of a Node.js process of the system also `loopDelayMsMax`, the longest that
 * its event loop was late since the last look. Works on Linux only, for processes of the same user.
 */
export function processProbe(name: string, pid: number): Probe {
  let eventLoop: EventLoop | undefined
  let before: { readonly cpuS: number; readonly atMs: number } | undefined
  return {
    name,
    read: (): Reading => {
      const atMs = performance.now()
      const { cpuS, threads, residentBytes } = statOf(pid)
      const cpuShare = before ? ((cpuS - before.cpuS) * 1_000) / (atMs - before.atMs) : 0
      before = { cpuS, atMs }
      const openFiles = readdirSync(`/proc/${pid}/fd`).length
      eventLoop ??= new EventLoop(pid)
      const loopDelayMsMax = eventLoop.delayMsMax()
      return {
        cpuShare,
        residentBytes,
        threads,
        openFiles,
        ...(loopDelayMsMax === undefined ? {} : { loopDelayMsMax }),
      }
    },
    close: () => eventLoop?.close(),
  }
}

function statOf(pid: number): { cpuS: number; threads: number; residentBytes: number } {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the program stands in brackets and may hold anything, also spaces and brackets.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (place: number): number => Number(fields[place - 3])
  return {
    cpuS: (field(14) + field(15)) / ticksPerSecond,
    threads: field(20),
    residentBytes: field(24) * pageBytes,
  }
}
