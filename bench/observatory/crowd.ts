import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { signToken } from 'etalon'
import { Client, type Pool, type QueryConfig } from 'pg'
import type { Instance } from '../../packages/etalon/src/environment/instance.ts'
import { plainSession } from '../../packages/etalon/src/instruments/plain-session.ts'
import { createSql } from '../../packages/etalon/src/instruments/sql/index.ts'
import { inOneWrite } from '../../packages/service-kit/src/one-write.ts'
import { connectPostgres } from '../../packages/service-kit/src/postgres.ts'
import { crowdEcosystem } from '../../systems/character-observatory/claims/crowded-ecosystem.ts'
import { interact } from '../../systems/character-observatory/src/operation/interact.ts'
import { templateGenerator } from '../../systems/character-observatory/src/response/template.ts'
import type {
  InteractionChange,
  ParticipantChange,
} from '../../systems/character-observatory/src/store/interaction-write.ts'
import type { Participant } from '../../systems/character-observatory/src/store/participant.ts'

/** Characters who meet two and two; enough of them that none is exhausted. */
export interface Pairs {
  readonly owner: string
  readonly ecosystem: string
  readonly characters: readonly string[]
  /** An ecosystem with room for newcomers. */
  readonly nursery: string
}

const name = 'character-observatory'
const content = 'Good to see you again.'

/** What the API is asked for; `index` chooses the pair. */
export function meetingOf({ characters }: Pairs, index: number): object {
  const [initiator_id, target_id] = pairAt(characters, index)
  return { initiator_id, target_id, interaction_type: 'greeting', content }
}

function pairAt(characters: readonly string[], index: number): [string, string] {
  const first = (2 * index) % characters.length
  return [characters[first] as string, characters[first + 1] as string]
}

/** Makes a user with ecosystems of a thousand characters each; the first is the one to watch. */
export async function settle(instance: Instance, ecosystems: number): Promise<Pairs> {
  const sql = createSql({ url: instance.adminUrl, session: plainSession() })
  try {
    const owner = await sql.value<string>(
      `insert into users (email, username, password_hash)
       values ('bench@observatory.example', 'bench', 'none') returning id`,
    )
    const size = { characters: 1_000, relationships: 5_000, interactions: 12_500 }
    const made = await crowdEcosystem(sql, owner, size)
    const characters = [...made.characters]
    for (let more = 1; more < ecosystems; more += 1) {
      const other = await crowdEcosystem(sql, owner, { ...size, interactions: 1 })
      characters.push(...other.characters)
    }
    const nursery = await sql.value<string>(
      `with made as (insert into ecosystems (name, owner_id) values ('A nursery', $1) returning id)
       insert into ecosystem_members (ecosystem_id, user_id, role)
       select id, $1, 'owner' from made returning ecosystem_id`,
      [owner],
    )
    return { owner, ecosystem: made.ecosystem, characters, nursery }
  } finally {
    await sql.close()
  }
}

/** What a user's requests carry. */
export function headersOf(instance: Instance, owner: string): Readonly<Record<string, string>> {
  const token = signToken(
    { sub: owner, iss: name, aud: name, epoch: 0 },
    instance.services.secret('jwt'),
  )
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

/** The statements of an interaction, sent by the driver and by nothing else. */
export interface BareInteractions {
  meet(index: number): Promise<void>
  close(): Promise<void>
}

/** What an interaction sends: what it reads, in one write, and what it writes. */
interface Statements {
  readonly reads: readonly QueryConfig[]
  readonly write: QueryConfig
}

/** Interactions whose statements are recorded, to be sent again under another id. */
const recordedInAll = 200

/** Records what the service sends for interactions, and opens a pool as large as its own. */
export async function openBareInteractions(
  instance: Instance,
  pairs: Pairs,
): Promise<BareInteractions> {
  const pool = connectPostgres({
    url: instance.urlFor('app'),
    applicationName: 'bench',
    poolMax: 10,
    statementTimeoutMs: 60_000,
    pipeline: true,
    onIdleError: (error) => process.emitWarning(error),
  })
  const recorded: Statements[] = []
  for (let index = 0; index < recordedInAll; index += 1) {
    recorded.push(await record(pool, pairs, index))
  }
  return {
    close: () => pool.end(),
    meet: (index) => send(pool, recorded[index % recordedInAll] as Statements),
  }
}

async function record(pool: Pool, pairs: Pairs, index: number): Promise<Statements> {
  const reads: QueryConfig[] = []
  const writes: QueryConfig[] = []
  const recorder = {
    query: (config: QueryConfig) => {
      writes.push(config)
      return pool.query(config)
    },
    connect: async () => {
      const client = await pool.connect()
      return {
        query: (config: QueryConfig) => {
          reads.push(config)
          return client.query(config)
        },
        release: () => client.release(),
      }
    },
  } as unknown as Pool
  const [initiatorId, targetId] = pairAt(pairs.characters, index)
  const request = { initiatorId, targetId, type: 'greeting', content } as const
  const service = { pool: recorder, clock: { now: () => new Date() } }
  await interact(service, templateGenerator, pairs.owner, request)
  const [write, ...others] = writes
  if (write === undefined || others.length > 0) throw new Error('an interaction writes once')
  return { reads, write }
}

async function send(pool: Pool, { reads, write }: Statements): Promise<void> {
  const client = await pool.connect()
  const [participants] = await inOneWrite(client, () =>
    Promise.all(reads.map((config) => client.query<Version>(config))),
  )
  client.release()
  const { rowCount } = await pool.query(asOfNow(write, participants?.rows ?? []))
  if (rowCount !== 1) throw new Error('an interaction was not written')
}

type Version = Pick<Participant, 'id' | 'version'>

/** The same again: under an id of its own, from what the two are now. */
function asOfNow(config: QueryConfig, versions: readonly Version[]): QueryConfig {
  const [text, ...others] = config.values as [string, ...unknown[]]
  const change = JSON.parse(text) as InteractionChange
  const now = (one: ParticipantChange): ParticipantChange => ({
    ...one,
    version: versions.find(({ id }) => id === one.id)?.version ?? 0,
  })
  const again = {
    ...change,
    id: randomUUID(),
    initiator: now(change.initiator),
    target: now(change.target),
  }
  return { ...config, values: [JSON.stringify(again), ...others] }
}

/** Waits until the service has told of everything that has happened. */
export async function everythingTold(instance: Instance): Promise<void> {
  const client = new Client({ connectionString: instance.adminUrl })
  await client.connect()
  try {
    for (;;) {
      const { rowCount } = await client.query(
        `select from events where seq is null
         union all select from ecosystems where told_seq < last_seq limit 1`,
      )
      if (rowCount === 0) return
      await delay(2)
    }
  } finally {
    await client.end()
  }
}

/** A server with the library `ws` and nothing else. */
export interface BareServer {
  readonly url: string
  /** Sends a text so many times to each of its clients. */
  send(text: string, messages: number): void
  close(): void
}

/** Starts it in a process of its own. */
export async function startBareServer(): Promise<BareServer> {
  const child = fork(new URL('bare-ws.js', import.meta.url))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    url: `ws://127.0.0.1:${port}/`,
    send: (text, messages) => child.send({ text, messages }),
    close: () => child.disconnect(),
  }
}
