import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { freshSeed, random } from '../kernel/random.ts'
import type { Session } from './session.ts'

/**
 * A session for instruments used on their own, outside a claim: evidence is not kept.
 *
 * @param seed replays the random draws of an earlier session
 */
export function plainSession(seed: string = freshSeed()): Session {
  return {
    evidence: { record: () => {} },
    random: random(seed),
    signal: new AbortController().signal,
    attach: (name) => join(mkdtempSync(join(os.tmpdir(), 'etalon-')), name),
  }
}
