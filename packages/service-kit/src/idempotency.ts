import { createHash } from 'node:crypto'
import { z } from 'zod'
import { requestError } from './errors.ts'
import { statement, type Sql } from './postgres.ts'

/** The header's schema; keys of callers hold no colon, so they never meet those of a system. */
export const idempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'Must be 1 to 100 letters, digits, ".", "_" or "-"')
    .optional(),
})

/** One request that must have its effect once. */
export interface IdempotentRequest {
  /** Whose key it is; two callers may use the same key. */
  readonly actor: string
  /** Without a key the request is simply done. */
  readonly key: string | undefined
  /** All that makes the request what it is: method, path and body. */
  readonly request: unknown
  readonly now: Date
}

/** An answer, and whether it is that of an earlier request. */
export interface Answer<Body> {
  readonly body: Body
  readonly replayed: boolean
}

const claimKey = statement<{ key: string }, [string, string, string, Date]>(
  'idempotency-claim',
  `insert into idempotency_keys (actor, key, request_hash, created_at) values ($1, $2, $3, $4)
   on conflict (actor, key) do nothing returning key`,
)

const readKey = statement<{ request_hash: string; response: unknown }, [string, string]>(
  'idempotency-read',
  'select request_hash, response from idempotency_keys where actor = $1 and key = $2',
)

const keepAnswer = statement<never, [string, string, string]>(
  'idempotency-keep',
  'update idempotency_keys set response = $3 where actor = $1 and key = $2',
)

const dropKeys = statement<never, [Date]>(
  'idempotency-drop',
  'delete from idempotency_keys where created_at < $1',
)

/**
 * Runs `work` inside the transaction `tx` unless the same caller's key has been answered before;
 * then it gives that answer again, as it went over the wire. A request under way with the same key
 * is waited for. Throws `IDEMPOTENCY_KEY_REUSED` when the key belongs to a different request. Work
 * that fails leaves the key free.
 *
 * The system's schema holds the table: `idempotency_keys (actor text, key text, request_hash text,
 * response json, created_at timestamptz, primary key (actor, key))`.
 */
export async function once<Body>(
  tx: Sql,
  { actor, key, request, now }: IdempotentRequest,
  work: () => Promise<Body>,
): Promise<Answer<Body>> {
  if (key === undefined) return { body: await work(), replayed: false }
  const hash = requestHash(request)
  const claimed = await claimKey(tx, actor, key, hash, now)
  if (claimed.length === 0) {
    const [earlier] = await readKey(tx, actor, key)
    if (earlier?.request_hash !== hash) throw requestError('IDEMPOTENCY_KEY_REUSED')
    return { body: earlier.response as Body, replayed: true }
  }
  const body = await work()
  await keepAnswer(tx, actor, key, JSON.stringify(body))
  return { body, replayed: false }
}

/** Forgets the keys older than `before`. */
export async function forgetKeys(sql: Sql, before: Date): Promise<void> {
  await dropKeys(sql, before)
}

/** The same for the same members in any order. */
export function requestHash(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('base64url')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
