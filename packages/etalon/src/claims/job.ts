import type { Isolation } from '../evidence/claim-outcome.ts'
import type { Servers } from '../environment/servers.ts'
import type { Plant } from './plant.ts'

/** The work of one claim process: claims of one file, on one instance, one after another. */
export interface ClaimJob {
  readonly name: string
  readonly configFile: string
  readonly claimFile: string
  readonly isolation: Isolation
  readonly claims: readonly JobClaim[]
  readonly servers: Servers
  /** A ready clone of the system's template. */
  readonly database?: string
  /** Folder for the logs of the instance. */
  readonly logs: string
  /**
   * Folder in which processes tell what code they ran: those of the job, or, for a claim that is
   * `last`, those of the jobs before it.
   */
  readonly coverage?: string
  readonly plant?: { readonly defect: string; readonly plant: Plant }
}

export interface JobClaim {
  readonly id: string
  /** Seed of its random stream. */
  readonly seed: string
  /** File its evidence is appended to. */
  readonly evidenceFile: string
}

/** From a claim process to its supervisor. */
export type JobMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly claim: string; readonly timeoutMs: number }
  | { readonly kind: 'ended'; readonly claim: string }
  /** The instance cannot be used any more; the claims that remain need another. */
  | { readonly kind: 'instance-lost' }
  | { readonly kind: 'failed'; readonly problem: string }
