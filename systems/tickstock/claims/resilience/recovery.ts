import {
  eventually,
  historyOf,
  kill,
  reconcile,
  type ClaimContext,
  type Outcome,
  type TrafficHandle,
} from 'etalon'
import { isHeard } from '../boundary/day.ts'
import { whileHearing } from './hearing.ts'
import { read, tell, toldUnder } from './telling.ts'

/** Fifty a second, of which every other reads. */
const rateHz = 50
/** Two of them read, and two are heard. */
const settled = { answers: 4, forMs: 60 }
/** The bound of a P95 takes 59 of them; the report speaks of one. */
const kills = 60
const patienceMs = 15_000
/** What is begun while a server is away, before it comes back. */
const begunAwayMin = 3

/**
 * Kills a server again and again while messages are said and universes are read. Recovered is the
 * system when a read is answered, and when what is said is heard.
 */
export async function recoverFrom(
  server: 'postgres' | 'redis',
  context: ClaimContext,
): Promise<void> {
  const { system, sql, faults, random, recovery, prove, note } = context
  const mark = random.text(8)
  const producer = system.sqlAs('producer')
  const pids = (): number[] =>
    ['producer', 'consumer'].map((name) => system.process(name).child.pid)
  const before = pids()
  await system.actor('viewer')
  let begun = 0
  const run = await whileHearing(sql, (hearing) =>
    recovery.observe(
      { rateHz, settled, patienceMs, input: (index) => `${mark}-${index}` },
      (key, index): Promise<Outcome<string>> => {
        begun += 1
        return index % 2 === 0 ? read(system, patienceMs) : tell(producer, hearing, key, patienceMs)
      },
      async ({ recover, pass }: TrafficHandle) => {
        await pass(settled.answers)
        for (let turn = 0; turn < kills; turn += 1) {
          const { recoveryMs } = await recover('killed', () =>
            faults.during(server, kill(), () => {
              const enough = begun + begunAwayMin
              return eventually(() => begun >= enough, patienceMs)
            }),
          )
          // What does not come back is not killed again.
          if (!Number.isFinite(recoveryMs)) break
        }
      },
    ),
  )

  prove('kills', run.recoveries.length).equals(kills)
  prove('P95 of the time to recover', run.quantile(0.95)).isBelow(5, 's')
  prove('the processes that went through all of it', pids()).equals(before)
  prove('all that was said is heard', await isHeard(sql)).isTrue()

  const said = run.operations.filter(({ index }) => index % 2 === 1)
  const history = historyOf(said)
  note('messages', { acknowledged: history.ok.length, open: history.unknown.length })
  prove('messages acknowledged', history.ok.length).isAbove(kills)
  const { lost, repeated, torn, denied, unexpected } = reconcile(history, {
    keyOf: ({ input }) => input,
    rows: await toldUnder(sql, mark),
    keyOfRow: ({ key }) => key,
    isWhole: ({ heard }) => heard === 1,
  })
  prove('committed messages that are lost', lost).isEmpty()
  prove('messages said twice', repeated).isEmpty()
  prove('messages there though they were refused', denied).isEmpty()
  prove('messages that were not heard, or twice', torn).isEmpty()
  prove('messages that nobody said', unexpected).isEmpty()
}
