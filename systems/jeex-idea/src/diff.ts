import { diffLines } from 'diff'

/** A piece of text that two versions share, or that one of them alone has. */
export interface DiffPiece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** How one text became another, line by line. */
export interface TextDiff {
  readonly lines_added: number
  readonly lines_removed: number
  readonly pieces: DiffPiece[]
}

/** Compares two texts by lines (Myers' algorithm, the least number of lines changed). */
export function compareTexts(from: string, to: string): TextDiff {
  const changes = diffLines(from, to)
  const linesOf = (which: 'added' | 'removed'): number =>
    changes.reduce((sum, change) => sum + (change[which] ? change.count : 0), 0)
  return {
    lines_added: linesOf('added'),
    lines_removed: linesOf('removed'),
    pieces: changes.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })),
  }
}
