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
    askedFirst(proofs, asked) ??
    proofs.find(({ estimate }) => estimate !== undefined) ??
    proofs.find(({ unit }) => unit !== undefined) ??
    mostLookedAt(proofs) ??
    (proofs.length === 1 ? proofs[0] : undefined)
  )
}

/** The proof whose bound comes first in what the document asks for. */
function askedFirst(
  proofs: readonly ProofRecord[],
  asked: string | undefined,
): ProofRecord | undefined {
  const [first] = proofs
    .map((proof) => ({ proof, place: placeIn(asked, proof.target) }))
    .filter(({ place }) => place >= 0)
    .toSorted((one, other) => one.place - other.place)
  return first?.proof
}

/** Where the document asks for this very bound, such as `< 50 ms`, or -1; mere numbers prove nothing. */
function placeIn(asked = '', bound: string): number {
  const [text, wanted] = [asWeWrite(asked), bound.replace('/s', ' a second')]
  const place = /^[<>≤≥] \d/.test(wanted) ? text.indexOf(wanted) : -1
  return /^[.,]?\d/.test(text.slice(place + wanted.length)) ? -1 : place
}

/** A document may be written with what every keyboard has: `<= 1.25 x`. */
function asWeWrite(text: string): string {
  return text
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replaceAll(/\/s\b| [a-z]+ a second/g, ' a second')
    .replaceAll(/(?<=\d )x\b/g, '×')
}

function mostLookedAt(proofs: readonly ProofRecord[]): ProofRecord | undefined {
  const [first] = proofs
    .filter(({ lookedAt = 0 }) => lookedAt > 0)
    .toSorted((one, other) => (other.lookedAt ?? 0) - (one.lookedAt ?? 0))
  return first
}
