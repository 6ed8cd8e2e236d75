import { claim, eventually, type SystemHandle } from 'etalon'
import { pairedRatioOf } from 'etalon/statistics/paired-ratio'
import { quantileOf } from 'etalon/statistics/quantile'
import { readFile } from 'node:fs/promises'
import { publish } from '../message/flow.ts'
import { durationOf, medianOf } from './command.ts'
import { expandEmpty } from './empty-universe.ts'
import { filledMarket, fillMarket } from './market.ts'

const tolerance = 0.25
const rounds = 14
/** An expansion differs by a tenth from one to the next, what is short by a third. */
const expansionsEvery = 2
const messagesPerRound = 20
const channel = 'tickstock.etf.correlation_update'
const pageBytes = 4_096
/** A quarter beyond the 100 MB that the report lets it grow by. */
const grownBytesMax = 125_000_000

/** What a round measures of a system, and what the report lets each figure come to at most. */
const figures: readonly Figure[] = [
  { title: 'an expansion', unit: 'ms', max: 2_500, measure: expand, every: expansionsEvery },
  { title: 'a query of a page', unit: 'ms', max: 62.5, measure: ask },
  { title: 'delivery of a message', unit: 'ms', max: 125, measure: deliver },
  { title: 'memory of the consumer', unit: 'bytes', measure: residentBytes },
]

interface Figure {
  readonly title: string
  readonly unit: 'ms' | 'bytes'
  /** What it was before the rounds, and what it may grow by, unless given. */
  readonly max?: number
  readonly measure: (system: SystemHandle) => Promise<number>
  /** Measured once in so many rounds; in every round unless given. */
  readonly every?: number
}

claim(
  'TICK-PERF-14',
  { isolation: 'quiet', timeoutMs: 480_000 },
  async ({ system, baseline, note, prove }) => {
    const kept = figures.map(({ title }) => baseline(title))
    const isKept = kept.every((figure) => figure !== undefined)
    const [earlier] = await Promise.all([
      isKept ? undefined : filledEarlier(system),
      filledMarket(system).then(() => warmUp(system)),
    ])
    const beganBytes = await residentBytes(system)
    const measured = await measureInTurns(system, earlier)
    note('rounds', { measured })
    for (const [index, { title, unit, max }] of figures.entries()) {
      const pairs = measured.flatMap((round) => round[index] ?? [])
      const subjects = pairs.map(({ subject }) => subject)
      const now = quantileOf(subjects, 0.5, { unit })
      prove(title, now).isBelow(max ?? beganBytes + grownBytesMax, unit)
      if (isKept) prove(`${title}, by the baseline`, now).isNotWorseThan(kept[index], { tolerance })
      else prove(`${title}, by the revision before`, pairedRatioOf(pairs)).isAtMost(1 + tolerance)
    }
    const grownBytes = (await residentBytes(system)) - beganBytes
    prove('growth of the consumer meanwhile', grownBytes).isBelow(grownBytesMax, 'bytes')
  },
)

/** The system as it was before its last change, holding the same. */
async function filledEarlier(system: SystemHandle): Promise<SystemHandle> {
  const earlier = await system.earlier()
  await fillMarket(earlier)
  await warmUp(earlier)
  return earlier
}

/** Once what every round does: what has worked for long is faster, and larger. */
async function warmUp(system: SystemHandle): Promise<void> {
  for (const { measure } of figures) await measure(system)
}

interface Pair {
  readonly subject: number
  readonly reference: number
}

/** What a round measures; on the earlier revision right after, where there is one. */
async function measureInTurns(
  system: SystemHandle,
  earlier: SystemHandle | undefined,
): Promise<(Pair | undefined)[][]> {
  const measured: (Pair | undefined)[][] = []
  for (let round = 0; round < rounds; round += 1) {
    const pairs: (Pair | undefined)[] = []
    for (const { measure, every = 1 } of figures) {
      if (round % every > 0) {
        pairs.push(undefined)
        continue
      }
      // In turns the one or the other is first, so that what comes first has no advantage.
      const isEarlierFirst = (round / every) % 2 === 0
      const first = isEarlierFirst && earlier ? await measure(earlier) : undefined
      const subject = await measure(system)
      const second = first === undefined && earlier ? await measure(earlier) : undefined
      pairs.push({ subject, reference: first ?? second ?? Number.NaN })
    }
    measured.push(pairs)
  }
  return measured
}

async function expand(system: SystemHandle): Promise<number> {
  return (await expandEmpty(system)).tookMs
}

async function ask(system: SystemHandle): Promise<number> {
  const viewer = await system.actor('viewer')
  const durationsMs: number[] = []
  for (let query = 0; query < 40; query += 1) {
    durationsMs.push(await durationOf(() => viewer.get('/universes/etf_sectors').expect(200)))
  }
  return medianOf(durationsMs).value
}

/** From the change to the note that the consumer makes of it, by the clock of their database. */
async function deliver({ sql }: SystemHandle): Promise<number> {
  const noted = 'select count(*) from consumer.notices where channel = $1'
  const before = await sql.value<number>(noted, [channel])
  for (let message = 1; message <= messagesPerRound; message += 1) {
    await publish(sql, channel, 1, before + message)
    const expected = before + message
    await eventually(async () => (await sql.value<number>(noted, [channel])) >= expected, 10_000)
  }
  return sql.value<number>(
    `select extract(epoch from avg(received_at - sent_at))::float8 * 1000 from (
       select * from consumer.notices where channel = $1 order by seq desc limit $2
     ) as latest`,
    [channel, messagesPerRound],
  )
}

async function residentBytes(system: SystemHandle): Promise<number> {
  const { pid } = system.process('consumer').child
  const [, pages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')
  return Number(pages) * pageBytes
}
