/** What a judgement can say. There is no fourth value: what was not shown is `inconclusive`. */
export type Verdict = 'upheld' | 'refuted' | 'inconclusive'

const precedence: readonly Verdict[] = ['refuted', 'inconclusive', 'upheld']

/**
 * Merges verdicts: refuted beats inconclusive beats upheld.
 * Nothing to merge is `inconclusive`, because no evidence is never a pass.
 */
export function mergeVerdicts(verdicts: Iterable<Verdict>): Verdict {
  const seen = new Set(verdicts)
  return precedence.find((verdict) => seen.has(verdict)) ?? 'inconclusive'
}
