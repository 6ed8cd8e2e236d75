import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { EtalonError } from '../kernel/errors.ts'

/** The state of an evidence log at the moment its claim was judged. */
export interface Seal {
  readonly sha256: string
  readonly sizeBytes: number
}

/** Seals a log: whatever is appended later lies outside the seal. */
export function sealOf(content: Buffer): Seal {
  return { sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.length }
}

/**
 * Checks that the sealed part of a log is what was judged, and that nothing was added to it.
 *
 * @throws ETALON_EVIDENCE_ALTERED
 */
export function checkSeal(path: string, seal: Seal, claim: string): void {
  const altered = (problem: string): EtalonError =>
    new EtalonError('ETALON_EVIDENCE_ALTERED', { claim, directory: path, problem })
  if (!existsSync(path)) throw altered('it is gone')
  const content = readFileSync(path)
  const found = sealOf(content)
  if (found.sha256 === seal.sha256) return
  const problem =
    found.sizeBytes > seal.sizeBytes &&
    sealOf(content.subarray(0, seal.sizeBytes)).sha256 === seal.sha256
      ? `${found.sizeBytes - seal.sizeBytes} bytes were added after the verdict`
      : `its content changed (SHA-256 expected ${seal.sha256.slice(0, 12)}, found ${found.sha256.slice(0, 12)})`
  throw altered(problem)
}
