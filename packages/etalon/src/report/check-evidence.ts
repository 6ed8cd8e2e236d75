import { join } from 'node:path'
import type { RunRecord } from '../evidence/run-record.ts'
import { checkSeal } from '../evidence/seal.ts'

/**
 * Checks every seal of a run before it is reported again.
 *
 * @throws ETALON_EVIDENCE_ALTERED for evidence that is not what was judged
 */
export function checkEvidence(record: RunRecord, directory: string): void {
  for (const { claim, evidence, seal } of record.outcomes) {
    if (seal) checkSeal(join(directory, evidence, 'evidence.ndjson'), seal, claim)
  }
}
