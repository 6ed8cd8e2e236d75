import type { LinkedService } from '../environment/instance.ts'
import type { Durability } from '../environment/postgres/settings.ts'
import type { Isolation } from '../evidence/claim-outcome.ts'
import { EtalonError } from '../kernel/errors.ts'
import type { ClaimContext } from './context.ts'

export interface ClaimOptions {
  /** Tells several claims of one requirement apart: their id becomes `LFA-T-21/name`. */
  readonly name?: string
  /** What the claim shows; the text of its first requirement unless given. */
  readonly title?: string
  readonly isolation?: Exclude<Isolation, 'last'>
  /**
   * Services that the system reaches through a link, into which the claim can inject faults; it
   * then has an instance of its own.
   */
  readonly links?: readonly LinkedService[]
  /**
   * `honest` gives the instance, which is then the claim's own, a PostgreSQL of its own with
   * production's settings (a commit is on disk before it is answered), which faults may kill.
   * Without it the instance has a database on the run's common, fast server, of which nothing about
   * recovery or durability can be shown.
   */
  readonly durability?: Durability
  /** `movable` lets the claim move the clock of its instance, which is then its own. */
  readonly clock?: 'movable'
  /**
   * Judges which code the claims of the system that are not quiet reached: those are run with it,
   * whatever was selected, their processes tell what they ran, and it comes after them.
   */
  readonly coverage?: true
  /** Past this the claim is ended with everything it started, and inconclusive. */
  readonly timeoutMs?: number
}

export type ClaimBody = (context: ClaimContext) => unknown

/** A claim as a file declared it. */
export interface ClaimDeclaration {
  readonly id: string
  readonly requirements: readonly string[]
  readonly title: string | undefined
  readonly isolation: Isolation
  /** Whether it shares its process and its instance with no claim of its file. */
  readonly ownInstance: boolean
  readonly clock: 'real' | 'movable'
  readonly durability: Durability
  readonly links: readonly LinkedService[]
  readonly timeoutMs: number
  readonly body: ClaimBody
}

const timeoutMsDefault: Readonly<Record<Isolation, number>> = {
  shared: 30_000,
  exclusive: 60_000,
  quiet: 120_000,
  last: 60_000,
}

let collecting: ClaimDeclaration[] | undefined

/**
 * Declares a claim: code that tries to refute one or more requirements and proves what it can.
 * Called at the top level of a claim file.
 *
 * @param requirements the id it covers, or several
 * @throws ETALON_CLAIM_OUTSIDE_RUN when the file was not loaded by Etalon
 */
export function claim(requirements: string | readonly string[], body: ClaimBody): void
export function claim(
  requirements: string | readonly string[],
  options: ClaimOptions,
  body: ClaimBody,
): void
export function claim(
  requirements: string | readonly string[],
  optionsOrBody: ClaimOptions | ClaimBody,
  bodyAfterOptions?: ClaimBody,
): void {
  const covered = [requirements].flat()
  const options = typeof optionsOrBody === 'function' ? {} : optionsOrBody
  const body = typeof optionsOrBody === 'function' ? optionsOrBody : bodyAfterOptions
  if (!collecting) throw new EtalonError('ETALON_CLAIM_OUTSIDE_RUN', { id: covered.join(', ') })
  if (covered.length === 0 || !body) {
    throw new TypeError('claim: expected at least one requirement and a body')
  }
  const clock = options.clock ?? 'real'
  const links = options.links ?? []
  const durability = options.durability ?? 'fast'
  const unusual = clock === 'movable' || links.length > 0 || durability === 'honest'
  const asked = options.isolation ?? 'shared'
  const ordinary = unusual && asked === 'shared' ? 'exclusive' : asked
  const isolation = options.coverage ? 'last' : ordinary
  collecting.push({
    id: options.name ? `${covered[0]}/${options.name}` : (covered[0] as string),
    requirements: covered,
    title: options.title,
    isolation,
    ownInstance: unusual || isolation === 'exclusive',
    clock,
    durability,
    links,
    timeoutMs: options.timeoutMs ?? timeoutMsDefault[isolation],
    body,
  })
}

/** Collects the claims that are declared while `load` imports a claim file. */
export async function collectDeclarations(
  load: () => Promise<unknown>,
): Promise<readonly ClaimDeclaration[]> {
  const declarations: ClaimDeclaration[] = []
  collecting = declarations
  try {
    await load()
  } finally {
    collecting = undefined
  }
  return declarations
}
