/** How things of others came to light, or to harm. */
export type LeakKind =
  /** The status tells that something is there. */
  | 'status'
  /** The answer differs from that about something that does not exist. */
  | 'answer'
  /** The answer holds something of the other's. */
  | 'content'
  /** A count or a total knows of the other's things. */
  | 'count'
  /** The other's things were changed. */
  | 'change'
  /** Rows of the other's were reached in the database. */
  | 'rows'

/** One cell of the matrix: an actor, an operation, and whose things it was about. */
export interface Cell {
  readonly operation: string
  readonly actor: string
  /** What was named: `project foreign`, `project own, document foreign`. */
  readonly about: string
  /**
   * `closed`: nothing came out. `leaked`: something did. `unproven`: the refusal shows nothing,
   * because the owner could not do it either, or the actor was not taken for who he is, or was
   * told to slow down.
   */
  readonly outcome: 'closed' | 'leaked' | 'unproven'
  readonly leak?: LeakKind
  readonly found: string
  /** What was sent, for whom it leaked or proved nothing. */
  readonly request?: string
}

/** What a matrix came to. */
export interface IsolationRun {
  readonly cells: readonly Cell[]
  readonly leaks: readonly Cell[]
  readonly unproven: readonly Cell[]
  /** Operations or tables that exist and that the matrix does not name. */
  readonly untried: readonly string[]
  /** Operations or tables that the matrix names and that do not exist. */
  readonly unknown: readonly string[]
}

/** Sorts the cells by what they came to. */
export function runOf(
  cells: readonly Cell[],
  names: { readonly existing: readonly string[]; readonly declared: readonly string[] },
): IsolationRun {
  const { existing, declared } = names
  return {
    cells,
    leaks: cells.filter(({ outcome }) => outcome === 'leaked'),
    unproven: cells.filter(({ outcome }) => outcome === 'unproven'),
    untried: existing.filter((name) => !declared.includes(name)),
    unknown: declared.filter((name) => !existing.includes(name)),
  }
}

/** The matrix as a table of comma-separated values. */
export function csvOf(cells: readonly Cell[]): string {
  const quoted = (text = ''): string => `"${text.replaceAll('"', '""').replaceAll('\n', ' ')}"`
  const columns = ['operation', 'actor', 'about', 'outcome', 'leak', 'found', 'request'] as const
  const rows = cells.map((cell) => columns.map((column) => quoted(cell[column])).join(','))
  return `${[columns.join(','), ...rows].join('\n')}\n`
}
