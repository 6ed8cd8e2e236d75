import { diffLines, type ChangeObject } from 'diff'

/** A piece of text that two versions share, or that one of them alone has. */
export interface DiffPiece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** How one text became another, line by line. */
export interface TextDiff {
  readonly lines_added: number
  readonly lines_removed: number
  /** Whether all from the first to the last line that differs is told as removed and added. */
  readonly coarse: boolean
  readonly pieces: DiffPiece[]
}

/** Lines added and removed that are told apart: the time it takes grows with their square. */
export const changedLinesMax = 1_000

/**
 * Compares two texts by lines: the least number of lines changed (Myers' algorithm), or, where that
 * is more than {@link changedLinesMax}, what lies between the lines that they begin and end with.
 */
export function compareTexts(from: string, to: string): TextDiff {
  const least = diffLines(from, to, { maxEditLength: changedLinesMax })
  const changes = least ?? coarseChanges(linesOf(from), linesOf(to))
  const count = (which: 'added' | 'removed'): number =>
    changes.reduce((sum, change) => sum + (change[which] ? change.count : 0), 0)
  return {
    lines_added: count('added'),
    lines_removed: count('removed'),
    coarse: least === undefined,
    pieces: changes.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })),
  }
}

function coarseChanges(from: readonly string[], to: readonly string[]): ChangeObject<string>[] {
  const shorter = Math.min(from.length, to.length)
  let head = 0
  while (head < shorter && from[head] === to[head]) head += 1
  let tail = 0
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1
  const change = (lines: readonly string[], added: boolean, removed: boolean) => ({
    value: lines.join(''),
    count: lines.length,
    added,
    removed,
  })
  return [
    change(from.slice(0, head), false, false),
    change(from.slice(head, from.length - tail), false, true),
    change(to.slice(head, to.length - tail), true, false),
    change(from.slice(from.length - tail), false, false),
  ].filter(({ count }) => count > 0)
}

/** Each with its line break. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/)
}
