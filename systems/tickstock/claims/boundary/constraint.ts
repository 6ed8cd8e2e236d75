import { readdir } from 'node:fs/promises'
import { claim, cpuLimit, memoryLimit, users, type ClaimContext } from 'etalon'
import { pageRequests } from '../endurance/load.ts'
import { expand } from '../expansion.ts'
import { toldUnder } from '../resilience/telling.ts'
import { inFolder } from '../scenario-command.ts'
import { isHeard } from './day.ts'

const mebibyte = 1_024 * 1_024

// What others do on the machine holds the service shorter still, and makes it refuse nothing.
claim('TICK-PERF-13', async (context) => {
  const { load, system, prove } = context
  await expand(system)
  const requests = await pageRequests(context)
  const { pid } = system.process('consumer').child
  const run = await whileShort(context, 'consumer', () =>
    load(users(5), {
      durationMs: 8_000,
      warmUpMs: 500,
      name: 'pages of a service held short',
      requests,
    }),
  )
  prove('requests that succeed', run.success).isAtLeast(0.7)
  prove('the process that answered', system.process('consumer').child.pid).equals(pid)
})

const messages = 1_000

claim('TICK-PERF-13', { name: 'producer' }, async (context) => {
  const { system, sql, random, prove } = context
  const mark = random.text(8)
  const { pid } = system.process('producer').child
  await whileShort(context, 'producer', async () => {
    await tellSome(context, mark)
    prove('all is heard while it is held short', await isHeard(sql)).isTrue()
  })
  const told = await toldUnder(sql, mark)
  prove('messages', told.length).equals(messages)
  prove(
    'messages that were not heard, or twice',
    told.filter(({ heard }) => heard !== 1),
  ).isEmpty()
  prove('the process that told them', system.process('producer').child.pid).equals(pid)
})

/** Runs a command that may not write files of more than 4 KB or so, as on a disk that is full. */
const withLittleDisk = ['sh', '-c', 'ulimit -f 8 && exec "$@"', 'sh'] as const

claim('TICK-PERF-13', { name: 'disk' }, async ({ system, prove }) => {
  await inFolder(async (folder) => {
    const generate = [
      'node',
      'src/producer/cli.ts',
      'scenario',
      'generate',
      '--out',
      folder,
    ] as const
    const whole = await system.run([...generate, 'pattern_free'])
    prove('how generating ended', whole.code).equals(0)
    const files = await readdir(folder)
    prove('files of it', files.length).equals(1)
    const full = await system.run([...withLittleDisk, ...generate, 'crash_2020'])
    prove('how it ended without room for a file', full.code).equals(1)
    prove('what it says', full.stderr).matches(/file too large/)
    prove('files then', await readdir(folder)).equals(files)
  })
})

/** Does work while a service gets a third of a processor and little memory. */
function whileShort<Result>(
  { faults }: ClaimContext,
  service: 'consumer' | 'producer',
  work: () => Promise<Result>,
): Promise<Result> {
  return faults.during(service, memoryLimit(256 * mebibyte), () =>
    faults.during(service, cpuLimit(0.33), work),
  )
}

async function tellSome({ system }: ClaimContext, mark: string): Promise<void> {
  await system.sqlAs('producer').run(
    `insert into outbox (channel, event_type, payload)
     select 'tickstock.cache.ipo_assignment', 'ipo_assignment', jsonb_build_object(
       'symbol', $1 || '-' || n, 'universes', '[]'::jsonb, 'reason', 'listed')
     from generate_series(1, $2::int) as n`,
    [mark, messages],
  )
}
