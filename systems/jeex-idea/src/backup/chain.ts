/** A backup as far as its dependence on others goes. */
export interface Link {
  readonly id: string
  readonly base_id: string | null
  readonly finished_at: Date | null
}

/** What restoring a backup takes: itself first, and the full one last; undefined with a gap. */
export function chainOf<Row extends Link>(rows: readonly Row[], id: string): Row[] | undefined {
  const chain: Row[] = []
  for (let next: string | null = id; next !== null;) {
    const link: Row | undefined = rows.find((row) => row.id === next)
    if (link === undefined || chain.includes(link)) return undefined
    chain.push(link)
    next = link.base_id
  }
  return chain
}

/** Which backups are too old, without those that a newer one still needs. */
export function removable<Row extends Link>(rows: readonly Row[], finishedBefore: Date): Row[] {
  const isKept = (row: Row): boolean => row.finished_at !== null && row.finished_at > finishedBefore
  const needed = new Set(rows.filter(isKept).flatMap((row) => chainOf(rows, row.id) ?? [row]))
  return rows.filter((row) => row.finished_at !== null && !needed.has(row))
}
