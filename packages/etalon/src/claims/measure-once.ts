import type { Doubt } from '../kernel/doubt.ts'
import type { ClaimContext } from './context.ts'

/** A claim under way, as those have to know it that judge what it measured. */
export interface MeasuringClaim {
  readonly id: string
  /** All its doubts so far; those about the machine come when it ends. */
  readonly doubts: readonly Doubt[]
}

const claims = new WeakMap<ClaimContext, MeasuringClaim>()

/** Tells whose context it is. */
export function bindContext(context: ClaimContext, claim: MeasuringClaim): void {
  claims.set(context, claim)
}

/**
 * Measures once what several claims of a file judge: the first that asks measures, and the later
 * ones get the same. Each of them notes whose measurement it judges, and has every doubt which that
 * claim ended with, because what disturbed the measurement disturbed it for all. Where measuring
 * failed it has failed for all of them.
 *
 *     const answering = measureOnce(({ load }) => load(users(50), { durationMs: 8_000, requests }))
 *     claim('SHOP-1', quiet, async (context) => { const run = await answering(context); … })
 *
 * For measurements only; what claims merely share, such as data that is filled in once, carries no
 * doubts and is better kept in a variable.
 */
export function measureOnce<Measured>(
  measure: (context: ClaimContext) => Promise<Measured>,
): (context: ClaimContext) => Promise<Measured> {
  let made: { readonly by: MeasuringClaim; readonly measured: Promise<Measured> } | undefined
  const sharing = new WeakSet<MeasuringClaim>()
  return (context) => {
    const claim = boundTo(context)
    made ??= { by: claim, measured: measure(context) }
    if (made.by !== claim && !sharing.has(claim)) {
      sharing.add(claim)
      context.note('judges what an earlier claim measured', { claim: made.by.id })
      const own = new Set(claim.doubts.map(({ message }) => message))
      for (const doubt of made.by.doubts) if (!own.has(doubt.message)) context.doubt(doubt)
    }
    return made.measured
  }
}

function boundTo(context: ClaimContext): MeasuringClaim {
  const claim = claims.get(context)
  if (!claim)
    throw new TypeError('measureOnce: expected the whole context that the claim was given')
  return claim
}
