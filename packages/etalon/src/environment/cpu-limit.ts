import { familyOf } from './process-tree.ts'

/** A process gets its share of each period in one piece, and stands still for the rest of it. */
const periodMs = 50
/** How long it takes until a process that was started meanwhile is limited as well. */
const familyEveryMs = 500

/**
 * Lets a process and its descendants run for a share of the time only, by stopping and continuing
 * them (SIGSTOP, SIGCONT) twenty times a second: it needs no rights and no control groups. They
 * also stand still when nobody else wants the processor, as under a quota.
 *
 * @param share of one second of each, above 0 and below 1
 * @returns lifts the limit
 */
export function limitCpu(root: () => number, share: number): () => void {
  if (!(share > 0 && share < 1)) throw new RangeError(`expected a share in (0, 1), found ${share}`)
  let pids = familyOf(root())
  let familyAtMs = Date.now()
  let timer: NodeJS.Timeout | undefined
  const go = (): void => {
    for (const pid of pids.toReversed()) send(pid, 'SIGCONT')
    timer = setTimeout(stop, periodMs * share)
  }
  const stop = (): void => {
    if (Date.now() - familyAtMs > familyEveryMs) {
      pids = familyOf(root())
      familyAtMs = Date.now()
    }
    for (const pid of pids) send(pid, 'SIGSTOP')
    timer = setTimeout(go, periodMs * (1 - share))
  }
  stop()
  return () => {
    clearTimeout(timer)
    for (const pid of familyOf(root()).toReversed()) send(pid, 'SIGCONT')
  }
}

/** It may have ended meanwhile. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
