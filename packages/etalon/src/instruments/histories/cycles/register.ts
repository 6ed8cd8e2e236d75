import type { Anomaly, AnomalyKind } from './anomaly.ts'
import { nameCycles } from './classify.ts'
import { explain } from './explain.ts'
import { GraphBuilder } from './graph.ts'
import { reportOf, type CycleOptions, type CycleReport } from './report.ts'
import { RegisterHistory, type Version } from './register-history.ts'
import { addTimeEdges } from './time-edge.ts'
import { bitOf, ended, type RegisterTransaction } from './transaction.ts'

/**
 * Checks a history of transactions over registers for isolation anomalies. A read shows its writer;
 * of the order of versions only what follows is known: nothing comes before everything, and what a
 * transaction read of a register comes before what it wrote there. So it finds less than
 * `checkListAppend` unless callers read what they change, as those of an API do.
 *
 * Kingsbury and Alvaro 2020, section 5.2.
 *
 * @throws ETALON_HISTORY_VALUE_REPEATED when one value is written twice to one key
 */
export function checkRegisters(
  transactions: Iterable<RegisterTransaction>,
  { isStrict = false }: CycleOptions = {},
): CycleReport {
  const history = new RegisterHistory()
  for (const transaction of transactions) history.add(transaction)
  const builder = new GraphBuilder(history.size)
  for (const versions of history.versions) {
    orderFirst(versions)
    for (const version of versions.values()) addEdges(history, version, builder)
  }
  if (isStrict) addTimeEdges(history, builder)
  const cycles = nameCycles(builder.build())
  return reportOf(history.size, [
    ...history.early,
    ...history.versions.flatMap((versions) => scan(history, versions)),
    ...cycles.map((cycle) => explain(cycle, history.keys, 'wrote')),
  ])
}

/** Nothing comes before every version that has no other before it. */
function orderFirst(versions: ReadonlyMap<number | null, Version>): void {
  const nothing = versions.get(null)
  if (nothing === undefined) return
  for (const version of versions.values()) {
    if (version !== nothing && !version.hasPrevious) nothing.next.add(version)
  }
}

function addEdges(history: RegisterHistory, version: Version, builder: GraphBuilder): void {
  const { key, readers } = version
  const writer = committed(history, version)
  for (const reader of readers) {
    if (writer !== -1) builder.edge(writer, reader, bitOf.wr, key)
  }
  const overwriters = [...version.next]
    .map((next) => committed(history, next))
    .filter((overwriter) => overwriter !== -1)
  for (const overwriter of overwriters) {
    if (writer !== -1) builder.edge(writer, overwriter, bitOf.ww, key)
  }
  builder.pairs(readers, overwriters, bitOf.rw, key)
}

/** Who wrote a version and may have committed; -1 when nobody did. */
function committed(history: RegisterHistory, { writer }: Version): number {
  return writer === -1 || history.outcomes.at(writer) === ended.failed ? -1 : writer
}

/** What shows without a graph. */
function scan(history: RegisterHistory, versions: ReadonlyMap<number | null, Version>): Anomaly[] {
  return [...versions.values()].flatMap((version) => {
    const { key, value, writer, readers } = version
    const name = history.keys[key] as string
    const found = (
      kind: AnomalyKind,
      transactions: readonly number[],
      because: string,
    ): Anomaly => ({ kind, needs: 'data', transactions, key: name, because, cycle: [] })
    const overwriters = new Set([...version.next].map((next) => next.writer))
    const updaters = readers.filter((reader) => overwriters.has(reader) && isOk(history, reader))
    const names = updaters.map((number) => `T${number}`).join(', ')
    const lost =
      updaters.length < 2
        ? []
        : [found('lost-update', updaters, `${names} each read ${value} in ${name} and then wrote`)]
    const [reader] = readers
    if (reader === undefined || value === null) return lost
    const shown = `T${reader} read ${value} in ${name}`
    if (writer === -1) return [found('unwritten-value', [reader], `${shown}, which nobody wrote`)]
    if (history.outcomes.at(writer) === ended.failed) {
      return [found('G1a', [writer, reader], `${shown}, which T${writer} wrote and rolled back`)]
    }
    const other = readers.find((each) => each !== writer)
    if (version.isLast || other === undefined) return lost
    const because = `T${other} read ${value} in ${name}, which T${writer} overwrote itself`
    return [...lost, found('G1b', [writer, other], because)]
  })
}

function isOk(history: RegisterHistory, transaction: number): boolean {
  return history.outcomes.at(transaction) === ended.ok
}
