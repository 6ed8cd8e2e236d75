import { createClient } from '@redis/client'
import type { BoundaryGround } from './ground.ts'

/** What a Redis user may. */
export interface RedisRights {
  /** Commands, with their sub-commands: `client|list`. */
  readonly commands: readonly string[]
  /** Patterns of keys with what may be done with them, as Redis writes them: `~stream:*`. */
  readonly keys: readonly string[]
  /** Patterns of channels: `&shop.*`. */
  readonly channels: readonly string[]
}

type Ground = NonNullable<BoundaryGround['redis']>
type Redis = ReturnType<typeof createClient>

/**
 * What Redis itself says that a user may: each command is tried without being run (ACL DRYRUN), so
 * that categories, exceptions and their order are read by who applies them.
 *
 * @throws RangeError for an unknown user
 */
export async function redisRights(ground: Ground, user: string): Promise<RedisRights> {
  const onServer = ground.users[user]
  if (onServer === undefined) {
    const known = Object.keys(ground.users).join(', ')
    throw new RangeError(`expected one of the Redis users ${known}, found ${user}`)
  }
  const client = createClient({ url: ground.url, socket: { reconnectStrategy: false } }) as Redis
  client.on('error', () => {})
  await client.connect()
  try {
    const forms = formsOf(await client.sendCommand<readonly CommandFacts[]>(['COMMAND']))
    const tried = await Promise.all(
      [...forms].map(async ([name, words]) => ({
        name,
        may: await mayRun(client, onServer, words),
      })),
    )
    const selectors = await selectorsOf(client, onServer)
    return {
      commands: tried.flatMap(({ name, may }) => (may ? [name] : [])).toSorted(),
      keys: selectors.flatMap(({ keys }) => patternsIn(keys)),
      channels: selectors.flatMap(({ channels }) => patternsIn(channels)),
    }
  } finally {
    client.destroy()
  }
}

/** Name, number of words (at least, where negative), … and at the tenth place its sub-commands. */
type CommandFacts = readonly unknown[]

/** Each command with words that it could be called with, as far as their number goes. */
function formsOf(commands: readonly CommandFacts[]): Map<string, readonly string[]> {
  const forms = new Map<string, readonly string[]>()
  for (const facts of commands) {
    const [name, arity] = facts as readonly [string, number]
    const below = (facts[9] ?? []) as readonly CommandFacts[]
    if (below.length > 0) {
      for (const [sub, words] of formsOf(below)) forms.set(sub, words)
      continue
    }
    const words = name.split('|')
    const missing = Math.max(0, Math.abs(arity) - words.length)
    forms.set(name, [...words, ...Array.from({ length: missing }, () => '1')])
  }
  return forms
}

/** A refusal of the made-up key or channel is none of the command. */
async function mayRun(client: Redis, user: string, words: readonly string[]): Promise<boolean> {
  const answer = await client
    .sendCommand(['ACL', 'DRYRUN', user, ...words])
    .then(String, (error: unknown) => String(error))
  return !/no permissions to run/i.test(answer)
}

interface Selector {
  readonly keys: string
  readonly channels: string
}

async function selectorsOf(client: Redis, user: string): Promise<readonly Selector[]> {
  type Facts = Selector & { readonly selectors: readonly Selector[] }
  const facts = await client.sendCommand<Facts>(['ACL', 'GETUSER', user])
  return [facts, ...facts.selectors]
}

function patternsIn(text: string): string[] {
  return text.split(' ').filter((pattern) => pattern !== '')
}
