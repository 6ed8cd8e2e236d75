import type { Session } from '../session.ts'
import { messageOf } from '../../kernel/errors.ts'
import { move, type MigrationSteps } from './steps.ts'

/** An application and a schema that are declared to work together, or not to. */
export interface Pairing {
  readonly application: string
  /** The version of the schema. */
  readonly schema: string
  readonly works: boolean
}

export interface PairingOptions {
  readonly steps: MigrationSteps
  readonly declared: readonly Pairing[]
  /** Has an application do its work on the schema that is there; a rejection: it cannot. */
  readonly work: (application: string, schema: string) => Promise<unknown>
}

/** A declared pairing, and what came of it. */
export interface TriedPairing extends Pairing {
  readonly found: 'works' | 'fails'
  readonly problem?: string
}

/**
 * Tries each declared pairing: an old application on a newer schema, as while a rollout is under way,
 * or a new one on an older schema, as after a rollback. Gives all of them in the order declared.
 *
 * @throws RangeError when the schema cannot be reached
 */
export async function tryPairings(
  session: Session,
  { steps, declared, work }: PairingOptions,
): Promise<TriedPairing[]> {
  const tried: TriedPairing[] = []
  let at: string | undefined = steps.versions.at(-1)
  for (const pairing of declared) {
    session.signal.throwIfAborted()
    const { application, schema } = pairing
    const what = steps.versions.indexOf(schema) < steps.versions.indexOf(at ?? '') ? 'down' : 'up'
    const moved = await move(steps, what, schema)
    if (moved.problem !== undefined) throw new RangeError(`${schema}: ${moved.problem}`)
    at = schema
    const problem = await work(application, schema).then(() => undefined, messageOf)
    const found = problem === undefined ? 'works' : 'fails'
    const one = { ...pairing, found, ...(problem === undefined ? {} : { problem }) } as const
    session.evidence.record('migration-pairing', one)
    tried.push(one)
  }
  return tried
}
