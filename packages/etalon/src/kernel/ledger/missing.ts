import { openFindings, type Findings } from '../findings.ts'
import { outcomeCode, type Book, type Gap, type LedgerState } from './book.ts'
import type { Connection } from './connection.ts'

/** Successive messages of one key that were expected and never heard, with their neighbours. */
export interface Missing {
  readonly key: string
  readonly from: number
  /** The last of them: `from` itself when there is only one. */
  readonly to: number
  /** The nearest ones that were heard, and when. */
  readonly before: Heard | undefined
  readonly after: Heard | undefined
}

export interface Heard {
  readonly sequence: number
  readonly receivedAtMs: number
}

/** What is missing, apart by whether the receiver was connected. */
export interface MissingMessages {
  readonly missing: Findings<Missing>
  readonly missedInCuts: Findings<Missing>
}

/** Finds what was expected and never heard. */
export function missingOf(state: LedgerState, connection: Connection): MissingMessages {
  const missing = openFindings<Missing>()
  const missedInCuts = openFindings<Missing>()
  for (const book of state.books.values()) {
    const wasCut = cutJudge(book, connection)
    const tell = (from: number, to: number): void => {
      const findings = wasCut(from) ? missedInCuts : missing
      findings.find(() => described(book, state, { from, to }), to - from + 1)
    }
    const expected = book.told ? missingOfTold(book, wasCut, tell) : missingBetween(book, tell)
    missing.look(expected)
    missedInCuts.look(expected)
  }
  return { missing: missing.findings(), missedInCuts: missedInCuts.findings() }
}

type Tell = (from: number, to: number) => void

/** The holes between the first and the last that were heard; gives how many were expected. */
function missingBetween(book: Book, tell: Tell): number {
  let previous = book.least - 1
  book.heard.forEach((sequence) => {
    if (sequence > previous + 1) tell(previous + 1, sequence - 1)
    previous = sequence
  })
  return book.distinct === 0 ? 0 : book.greatest - book.least + 1
}

/** Publications that succeeded and were not heard; gives how many succeeded. */
function missingOfTold(book: Book, wasCut: (sequence: number) => boolean, tell: Tell): number {
  let expected = 0
  let open: { from: number; to: number; wasCut: boolean } | undefined
  const close = (): void => {
    if (open) tell(open.from, open.to)
    open = undefined
  }
  book.told?.forEach((sequence, code) => {
    if (code !== outcomeCode.ok) return
    expected += 1
    if (book.heard.get(sequence) > 0) return
    const isCut = wasCut(sequence)
    if (open && open.to === sequence - 1 && open.wasCut === isCut) {
      open.to = sequence
      return
    }
    close()
    open = { from: sequence, to: sequence, wasCut: isCut }
  })
  close()
  return expected
}

/**
 * Tells whether a missing sequence was lost around a cut: it lies between the last one heard before
 * the cut and the first one heard after it, and was not, as far as its publisher told a moment, sent
 * when the connection was whole again. Past the last one that was heard there is no such neighbour:
 * a moment is needed there, unless the receiver is cut off still.
 */
function cutJudge(book: Book, { cuts, period, isOpen }: Connection): (sequence: number) => boolean {
  const isWithin = (sentAtMs: number, { periods: [first, end] }: Gap): boolean =>
    cuts.slice(first, end).some(
      ({ fromMs, toMs }, at) =>
        // What was under way when the first of the cuts came was sent before it.
        (at === 0 || sentAtMs >= fromMs) && sentAtMs <= toMs,
    )
  const tail: Gap = {
    above: book.greatest,
    below: Number.POSITIVE_INFINITY,
    periods: [book.period, isOpen ? period : period + 1],
  }
  return (sequence) => {
    const sentAtMs = book.sentAtMs.get(sequence)
    if (sequence > book.greatest) return sentAtMs > 0 ? isWithin(sentAtMs, tail) : !isOpen
    const gap = book.gaps.find(({ above, below }) => sequence > above && sequence < below)
    return gap !== undefined && (sentAtMs === 0 || isWithin(sentAtMs, gap))
  }
}

function described(
  book: Book,
  { receivedAtMs }: LedgerState,
  { from, to }: { readonly from: number; readonly to: number },
): Missing {
  const heardAt = (sequence: number | undefined): Heard | undefined =>
    sequence === undefined
      ? undefined
      : { sequence, receivedAtMs: receivedAtMs[book.heard.get(sequence) - 1] as number }
  return {
    key: book.key,
    from,
    to,
    before: heardAt(nearest(book, from, -1)),
    after: heardAt(nearest(book, to, 1)),
  }
}

/** A neighbour further away than this explains nothing. */
const lookAtMost = 10_000

function nearest({ heard, least, greatest }: Book, from: number, step: 1 | -1): number | undefined {
  const end = step < 0 ? least : greatest
  for (let looks = 1; looks <= lookAtMost; looks += 1) {
    const sequence = from + looks * step
    if ((end - sequence) * step < 0) return undefined
    if (heard.get(sequence) > 0) return sequence
  }
  return undefined
}
