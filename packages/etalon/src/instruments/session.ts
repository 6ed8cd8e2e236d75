import type { EvidenceSink } from '../evidence/evidence-log.ts'
import type { Random } from '../kernel/random.ts'

/**
 * What every instrument is made with: where its evidence goes, where its randomness comes from, and
 * when to stop. In a claim Etalon provides it; in a plain script {@link plainSession} does.
 */
export interface Session {
  readonly evidence: EvidenceSink
  readonly random: Random
  readonly signal: AbortSignal
  /** Path for a file that shall lie beside the evidence; `name` is unique within the claim. */
  attach(name: string): string
}
