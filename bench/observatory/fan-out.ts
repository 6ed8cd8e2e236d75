import { setTimeout as delay } from 'node:timers/promises'
import { signToken } from 'etalon'
import { Client } from 'pg'
import type { Instance } from '../../packages/etalon/src/environment/instance.ts'
import { quantileOf } from '../../packages/etalon/src/kernel/statistics/quantile.ts'
import { formatCount, formatQuantity } from '../../packages/etalon/src/kernel/units.ts'
import { durationOf, measureInRounds, type Durations } from '../benchmark.ts'
import { startBareServer, type Pairs } from './crowd.ts'
import { gather, type Audience } from './wire-audience.ts'

/** What was found about events on their way to clients. */
export interface FanOut {
  readonly clients: number
  readonly messages: number
  readonly durations: Durations
  /** Rows of a table: receipts, median, P95, P99. */
  readonly latencies: readonly string[]
}

const clients = 100
const messages = 600
const singles = 300
const everyMs = 20

/** An event as large as the service's own. */
const insertEvents = `insert into events (ecosystem_id, type, data)
  select $1, 'character_interaction', jsonb_build_object(
    'interaction_id', uuidv7(), 'interaction_type', 'greeting', 'initiator_id', uuidv7(),
    'target_id', uuidv7(), 'content', 'Good to see you again.',
    'response', 'Good to see you too.', 'sentiment', 0.4,
    'emotions', '{"initiator": {"joy": 0.6, "surprise": 0.4}, "target": {"joy": 1}}'::jsonb
  ) from generate_series(1, $2::integer)`

/** Sends events to 100 clients of an ecosystem, and as many texts by `ws` alone. */
export async function fanOut(instance: Instance, pairs: Pairs, rounds: number): Promise<FanOut> {
  const admin = new Client({ connectionString: instance.adminUrl })
  // What ends it is told by the error that comes first.
  admin.on('error', (error) => process.emitWarning(error))
  await admin.connect()
  const server = await startBareServer()
  const bare = await gather(server.url, clients, () => ({}))
  const watching = await watch(instance, admin, pairs)
  try {
    const text = await frameOf(admin, pairs)
    const durations = await measureInRounds(
      [
        {
          name: '`ws`, events',
          measure: () =>
            durationOf(() => {
              const heard = bare.hears(messages)
              server.send(text, messages)
              return heard
            }),
        },
        {
          name: 'service, events',
          measure: async () => {
            await admin.query('begin')
            await admin.query(insertEvents, [pairs.ecosystem, messages])
            const heard = watching.hears(messages)
            return durationOf(async () => {
              await admin.query('commit')
              await heard
            })
          },
        },
      ],
      { rounds },
    )
    return { clients, messages, durations, latencies: await latenciesOf(admin, watching, pairs) }
  } finally {
    bare.close()
    watching.close()
    server.close()
    await admin.end()
  }
}

/** Members of the ecosystem, each with one client; done when each was told how things are. */
async function watch(instance: Instance, admin: Client, pairs: Pairs): Promise<Audience> {
  const { rows } = await admin.query<{ id: string }>(
    `with made as (
       insert into users (email, username, password_hash)
       select 'w' || n || '@observatory.example', 'watcher ' || n, 'none'
       from generate_series(1, $2::integer) n returning id
     )
     insert into ecosystem_members (ecosystem_id, user_id, role)
     select $1, id, 'viewer' from made returning user_id as id`,
    [pairs.ecosystem, clients],
  )
  const [api] = instance.processes.values()
  const url = `${api?.url}/api/v1/interactions/ws/${pairs.ecosystem}`
  const name = 'character-observatory'
  const audience = await gather(url, clients, (client) => {
    const claims = { sub: rows[client]?.id ?? '', iss: name, aud: name, epoch: 0 }
    return { authorization: `Bearer ${signToken(claims, instance.services.secret('jwt'))}` }
  })
  while (audience.least < 2) await delay(5)
  return audience
}

/** The text of one event, as a client of the service gets it. */
async function frameOf(admin: Client, { ecosystem }: Pairs): Promise<string> {
  await admin.query('begin')
  await admin.query(insertEvents, [ecosystem, 1])
  const { rows } = await admin.query<{ id: string; data: object }>(
    'select id, 12501 as seq, type, created_at as timestamp, data from events order by position desc limit 1',
  )
  await admin.query('rollback')
  return JSON.stringify({ type: 'ecosystem_event', event: rows[0] })
}

/** Events one by one, at an even pace. */
async function latenciesOf(
  admin: Client,
  watching: Audience,
  { ecosystem }: Pairs,
): Promise<string[]> {
  const all: number[] = []
  const last: number[] = []
  for (let single = 0; single < singles; single += 1) {
    const heard = watching.hears(1)
    const startedAt = performance.now()
    await admin.query(insertEvents, [ecosystem, 1])
    const latencies = (await heard).map((moment) => moment - startedAt)
    all.push(...latencies)
    last.push(latencies.at(-1) ?? Infinity)
    await delay(everyMs)
  }
  return [row(`each of ${clients} clients`, all), row('the last of them', last)]
}

function row(name: string, latenciesMs: readonly number[]): string {
  const shown = [0.5, 0.95, 0.99].map((p) =>
    formatQuantity(quantileOf(latenciesMs, p, { unit: 'ms' }).value, 'ms'),
  )
  return `| ${name} | ${formatCount(latenciesMs.length)} | ${shown.join(' | ')} |`
}
