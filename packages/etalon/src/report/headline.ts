import type { ClaimOutcome } from '../evidence/claim-outcome.ts'
import type { ProofRecord } from '../evidence/proof-record.ts'

/**
 * The proof that stands for a claim: what refutes it, what keeps it open, or its most telling figure.
 *
 * @param asked the target of the requirement, as its document words it
 */
export function headlineOf(
  { proofs }: Pick<ClaimOutcome, 'proofs'>,
  asked: string | undefined,
): ProofRecord | undefined {
  return (
    proofs.find(({ verdict }) => verdict === 'refuted') ??
    proofs.find(({ verdict }) => verdict === 'inconclusive') ??
    proofs.find(({ target }) => isAsked(target, asked)) ??
    proofs.find(({ estimate }) => estimate !== undefined) ??
    proofs.find(({ unit }) => unit !== undefined) ??
    mostLookedAt(proofs) ??
    (proofs.length === 1 ? proofs[0] : undefined)
  )
}

/** Whether the document asks for this very bound, such as `< 50 ms`; mere numbers prove nothing. */
function isAsked(bound: string, asked = ''): boolean {
  const text = asWeWrite(asked)
  const from = /^[<>≤≥] \d/.test(bound) ? text.indexOf(bound) : -1
  return from >= 0 && !/^[.,]?\d/.test(text.slice(from + bound.length))
}

/** A document may be written with what every keyboard has: `<= 1.25 x`. */
function asWeWrite(text: string): string {
  return text
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replaceAll(/(?<=\d )x\b/g, '×')
}

function mostLookedAt(proofs: readonly ProofRecord[]): ProofRecord | undefined {
  const [first] = proofs
    .filter(({ lookedAt = 0 }) => lookedAt > 0)
    .toSorted((one, other) => (other.lookedAt ?? 0) - (one.lookedAt ?? 0))
  return first
}
