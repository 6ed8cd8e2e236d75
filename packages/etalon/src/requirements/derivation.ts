/**
 * The ids that a cell `derived from` names: ids, ranges and beginnings, apart by commas, as in
 * `SHOP-01, LFA-T-01 to LFA-T-23, JEEX-PERF-*`. In the document's order, each once.
 *
 * @param known ids of the whole document, in order
 * @throws RangeError saying which part names nothing
 */
export function derivationOf(cell: string, known: readonly string[]): string[] {
  const named = new Set(cell.split(',').flatMap((part) => idsOf(part.trim(), known)))
  return known.filter((id) => named.has(id))
}

function idsOf(part: string, known: readonly string[]): readonly string[] {
  const [first = '', last] = part.split(/ to | … /)
  const found =
    last === undefined
      ? known.filter((id) =>
          first.endsWith('*') ? id.startsWith(first.slice(0, -1)) : id === first,
        )
      : rangeOf(first, last, known)
  if (found.length === 0) throw new RangeError(`"${part}" in derived from names no requirement`)
  return found
}

/** Ids that differ from `first` and `last` only in a number that lies between theirs. */
function rangeOf(first: string, last: string, known: readonly string[]): readonly string[] {
  const split = (id: string): [string, number] => {
    const digits = /\d+$/.exec(id)?.[0] ?? ''
    return [id.slice(0, id.length - digits.length), Number(digits)]
  }
  const [beginning, lowest] = split(first)
  const [, highest] = split(last)
  return known.filter((id) => {
    const [prefix, number] = split(id)
    return prefix === beginning && number >= lowest && number <= highest
  })
}
