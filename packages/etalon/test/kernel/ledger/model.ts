import type { Publication, PublicationOutcome } from '../../../src/kernel/ledger/index.ts'

/** One thing that happens to a ledger; each takes a millisecond. */
export type Step =
  | {
      readonly do: 'hear'
      readonly key: string
      readonly sequence: number
      readonly ageMs?: number
    }
  | { readonly do: 'leak'; readonly key: string; readonly sequence: number }
  | ({ readonly do: 'tell' } & Publication)
  | { readonly do: 'lose' }
  | { readonly do: 'regain' }

/** The same account as the ledger's, drawn in the plainest way from lists. */
export function modelOf(steps: readonly Step[], lateAfterMs: number): Record<string, unknown> {
  const cuts: { fromMs: number; toMs: number }[] = []
  const heard: { key: string; sequence: number; atMs: number; period: number }[] = []
  const told: (Publication & { outcome: PublicationOutcome })[] = []
  let [sinceMs, period, isOpen] = [0, 0, true]
  let [receipts, duplicated, reordered, leaked, late, caughtUp] = [0, 0, 0, 0, 0, 0]
  for (const [index, step] of steps.entries()) {
    const atMs = index + 1
    if (step.do === 'tell') told.push({ outcome: 'ok', ...step })
    if (step.do === 'lose' && isOpen) {
      isOpen = false
      cuts.push({ fromMs: atMs, toMs: Number.POSITIVE_INFINITY })
    }
    if (step.do === 'regain' && !isOpen) {
      isOpen = true
      period += 1
      sinceMs = atMs
      cuts[cuts.length - 1] = { ...(cuts.at(-1) as { fromMs: number }), toMs: atMs }
    }
    if (step.do === 'leak') [receipts, leaked] = [receipts + 1, leaked + 1]
    if (step.do !== 'hear') continue
    const { key, sequence, ageMs } = step
    receipts += 1
    const earlier = heard.filter((one) => one.key === key)
    if (earlier.some((one) => one.sequence === sequence)) {
      duplicated += 1
      continue
    }
    if (earlier.some((one) => one.sequence > sequence)) reordered += 1
    heard.push({ key, sequence, atMs, period })
    if (ageMs === undefined) continue
    if (atMs - ageMs < sinceMs) caughtUp += 1
    else if (ageMs > lateAfterMs) late += 1
  }

  const keys = new Set([...heard, ...told].map(({ key }) => key))
  const outcomeOf = (key: string, sequence: number): PublicationOutcome | undefined => {
    const ours = told.filter((one) => one.key === key && one.sequence === sequence)
    const surestFirst = ['ok', 'unknown', 'failed'] as const
    return surestFirst.find((outcome) => ours.some((one) => one.outcome === outcome))
  }
  const isHeard = (key: string, sequence: number): boolean =>
    heard.some((one) => one.key === key && one.sequence === sequence)
  const sequencesTold = (key: string): number[] => [
    ...new Set(told.filter((one) => one.key === key).map(({ sequence }) => sequence)),
  ]
  const isInCut = (key: string, sequence: number): boolean => {
    const ours = heard.filter((one) => one.key === key)
    const sentAtMs = told.findLast(
      (one) => one.key === key && one.sequence === sequence && one.sentAtMs !== undefined,
    )?.sentAtMs
    const isSentWithin = (from: number, to: number): boolean =>
      cuts.some(
        (cut, at) =>
          at >= from &&
          at < to &&
          Number(sentAtMs) <= cut.toMs &&
          (at === from || Number(sentAtMs) >= cut.fromMs),
      )
    const after = ours.findIndex(
      (one, at) =>
        one.period > (ours[at - 1]?.period ?? 0) &&
        one.sequence > sequence &&
        ours.slice(0, at).every((before) => before.sequence < sequence),
    )
    if (after >= 0) {
      const [before, next] = [ours[after - 1]?.period ?? 0, ours[after]?.period ?? 0]
      return sentAtMs === undefined || isSentWithin(before, next)
    }
    if (ours.some((one) => one.sequence > sequence)) return false
    if (sentAtMs === undefined) return !isOpen
    return isSentWithin(ours.at(-1)?.period ?? 0, cuts.length)
  }
  const missing: [string, number][] = []
  let expected = 0
  for (const key of keys) {
    const ours = heard.filter((one) => one.key === key).map(({ sequence }) => sequence)
    const span = Array.from({ length: 100 }, (_none, sequence) => sequence)
    const wanted = told.some((one) => one.key === key)
      ? span.filter((sequence) => outcomeOf(key, sequence) === 'ok')
      : span.filter((one) => one >= Math.min(...ours) && one <= Math.max(...ours))
    expected += wanted.length
    for (const sequence of wanted) if (!isHeard(key, sequence)) missing.push([key, sequence])
  }
  const count = (outcome: PublicationOutcome, among = keys): number =>
    [...among].flatMap((key) =>
      sequencesTold(key).filter((sequence) => outcomeOf(key, sequence) === outcome),
    ).length
  const unknowns = [...keys].flatMap((key) =>
    sequencesTold(key)
      .filter((sequence) => outcomeOf(key, sequence) === 'unknown')
      .map((sequence) => isHeard(key, sequence)),
  )
  return {
    published: { ok: count('ok'), failed: count('failed'), unknown: count('unknown') },
    receipts,
    delivered: heard.length,
    expected,
    missing: missing.filter(([key, sequence]) => !isInCut(key, sequence)).length,
    missedInCuts: missing.filter(([key, sequence]) => isInCut(key, sequence)).length,
    duplicated,
    reordered,
    late,
    leaked,
    unexpected: heard.filter(
      ({ key, sequence }) =>
        told.some((one) => one.key === key) &&
        !['ok', 'unknown'].includes(outcomeOf(key, sequence) ?? 'never told'),
    ).length,
    unknown: {
      delivered: unknowns.filter(Boolean).length,
      notDelivered: unknowns.filter((delivered) => !delivered).length,
    },
    caughtUp,
    cuts,
  }
}
