import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../kernel/errors.ts'
import { stateDirectory } from './directory.ts'
import { processNamespace, startTicks } from './process-table.ts'

/** Name of the environment variable that marks every process of a run. */
export const runVariable = 'ETALON_RUN_ID'

/** The right of one run to leave things on the machine, and the folder in which it does. */
export interface Lease {
  readonly runId: string
  /** Folder for everything that must be gone after the run. */
  readonly directory: string
}

interface LeaseRecord {
  readonly holderPid: number
  readonly holderStartTicks: string
  /** The namespace in which the process id means something. */
  readonly holderNamespace: string
}

/** How long a folder without a record may stand before it counts as abandoned. */
const recordMissingMsMax = 60_000

/** How long a lease of another namespace stands: containers that share a folder see no other's processes. */
const foreignMsMax = 24 * 3_600_000

/** Takes the lease of a run for this process, which is the run's reaper. */
export function takeLease(runId: string): Lease {
  const lease = leaseOf(runId)
  mkdirSync(lease.directory)
  chmodSync(lease.directory, 0o711)
  const record: LeaseRecord = {
    holderPid: process.pid,
    holderStartTicks: startTicks(process.pid) ?? '',
    holderNamespace: processNamespace(),
  }
  writeFileSync(join(lease.directory, 'lease.json'), JSON.stringify(record), { mode: 0o600 })
  return lease
}

/** The lease of a run, taken or not. */
export function leaseOf(runId: string): Lease {
  return { runId, directory: join(stateDirectory(), `run-${runId}`) }
}

/** Leases whose holder is gone: a reaper was killed together with its run. */
export function abandonedLeases(): Lease[] {
  return readdirSync(stateDirectory())
    .filter((name) => name.startsWith('run-'))
    .map((name) => leaseOf(name.slice('run-'.length)))
    .filter(isAbandoned)
}

/**
 * Gives up a lease: its folder and all in it are removed.
 *
 * @returns why it could not be, or `undefined` when it is gone
 */
export function dropLease(lease: Lease): string | undefined {
  const remove = (): void =>
    rmSync(lease.directory, { recursive: true, force: true, maxRetries: 5 })
  try {
    try {
      remove()
    } catch {
      openFolders(lease.directory)
      remove()
    }
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

/** Some programs leave folders that not even their owner may write to (Go's module cache). */
function openFolders(directory: string): void {
  chmodSync(directory, 0o700)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(directory, entry.name))
  }
}

function isAbandoned(lease: Lease): boolean {
  const changedMs = statSync(lease.directory, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
  const ageMs = Date.now() - changedMs
  try {
    const record = JSON.parse(
      readFileSync(join(lease.directory, 'lease.json'), 'utf8'),
    ) as LeaseRecord
    if (record.holderNamespace !== processNamespace()) return ageMs > foreignMsMax
    return startTicks(record.holderPid) !== record.holderStartTicks
  } catch {
    return ageMs > recordMissingMsMax
  }
}
